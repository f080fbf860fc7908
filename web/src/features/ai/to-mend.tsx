import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'

import { Badge, SettingsSection, SkeletonRows, useFormat, useStrings } from '@/ui'

import { aiQueries } from './queries'
import { strings } from './strings'

/** Articles whose answers did not satisfy. */
export function ArticlesToMend() {
  const say = useStrings(strings)
  const format = useFormat()
  const { data } = useQuery(aiQueries.toMend())
  return (
    <SettingsSection title={say.mend} isFlush>
      {!data && <SkeletonRows rows={3} />}
      {data?.articles.length === 0 && <p className="px-4 py-6 text-sm text-muted">{say.mendNone}</p>}
      <ul>
        {data?.articles.map((article) => (
          <li key={article.article_id} className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5 last:border-0">
            <Link to={`/app/knowledge/articles/${article.article_id}`} className="min-w-0 flex-1 truncate font-medium hover:underline">
              {article.title}
            </Link>
            {article.ratings > 0 && <Badge tone="amber">{say.stars(format.number(article.average), article.ratings)}</Badge>}
            {article.reopened > 0 && <Badge tone="orange">{say.reopened(article.reopened)}</Badge>}
            {article.suspicious.length > 0 && <p className="w-full text-xs text-muted">{say.suspicious} “{article.suspicious[0]}”</p>}
          </li>
        ))}
      </ul>
    </SettingsSection>
  )
}
