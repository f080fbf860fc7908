import { ExternalLink, Plus } from 'lucide-react'
import { Suspense } from 'react'
import { Link, NavLink, Outlet } from 'react-router'

import { strings } from '@/features/knowledge/strings'
import { Button } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { useStrings } from '@/ui/locale'
import { PageHeader } from '@/ui/page'
import { SkeletonRows } from '@/ui/states'

/** Articles, topics, insights and what wants mending, each at its own address. */
export default function KnowledgeLayout() {
  const say = useStrings(strings)
  const tabs = [
    { to: '/app/knowledge', label: say.articles, isEnd: true },
    { to: '/app/knowledge/topics', label: say.topics },
    { to: '/app/knowledge/insights', label: say.insights },
    { to: '/app/knowledge/to-mend', label: say.toMend },
    { to: '/app/knowledge/synonyms', label: say.synonyms },
  ]
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-6xl px-5 py-8 sm:px-8">
        <PageHeader
          title={say.title}
          description={say.description}
          actions={
            <>
              <Button asChild>
                <a href="/help" target="_blank" rel="noreferrer">
                  <ExternalLink />
                  {say.openCenter}
                </a>
              </Button>
              <Button variant="primary" asChild>
                <Link to="/app/knowledge/articles/new">
                  <Plus />
                  {say.newArticle}
                </Link>
              </Button>
            </>
          }
        />
        <nav aria-label={say.title} className="mb-5 flex gap-1 overflow-x-auto border-b border-line">
          {tabs.map((tab) => (
            <NavLink
              key={tab.to}
              to={tab.to}
              end={tab.isEnd ?? false}
              className={({ isActive }) =>
                cx(
                  '-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 px-3 text-sm font-medium whitespace-nowrap',
                  isActive ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
                )
              }
            >
              {tab.label}
            </NavLink>
          ))}
        </nav>
        <Suspense fallback={<SkeletonRows />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  )
}
