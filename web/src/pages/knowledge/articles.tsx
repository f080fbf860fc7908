import { useQuery } from '@tanstack/react-query'
import { BookOpen, Download, SearchX, Upload } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { Link, useSearchParams } from 'react-router'

import { knowledgeQueries, type ArticleFilters } from '@/features/knowledge/api'
import { FilterBar } from '@/features/knowledge/article-filters'
import { ArticleTable } from '@/features/knowledge/article-table'
import { strings } from '@/features/knowledge/strings'
import { ImportDialog } from '@/features/knowledge/transfer'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { useStrings } from '@/ui/locale'
import { Pagination } from '@/ui/pagination'
import { EmptyState, ErrorState } from '@/ui/states'

const NAMES = ['search', 'status', 'visibility', 'context', 'category_id', 'sort', 'order'] as const

export default function ArticlesPage() {
  const say = useStrings(strings)
  const [params, setParams] = useSearchParams()
  const [isImporting, setImporting] = useState(false)
  const filters: ArticleFilters = { page: Number(params.get('page') ?? 1), page_size: Number(params.get('page_size') ?? 25) }
  for (const name of NAMES) {
    const value = params.get(name)
    if (value !== null) filters[name] = value
  }
  const change = (next: Partial<ArticleFilters>): void =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries({ page: undefined, ...next })) {
          if (value === undefined) after.delete(name)
          else after.set(name, String(value))
        }
        return after
      },
      { replace: true },
    )
  const { data, error, refetch } = useQuery(knowledgeQueries.list(useDeferredValue(filters)))
  const isFiltered = NAMES.some((name) => name !== 'sort' && name !== 'order' && params.has(name))
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <FilterBar filters={filters} onChange={change} />
        <div className="flex gap-1">
          <Button variant="ghost" icon={<Upload />} onClick={() => setImporting(true)}>
            {say.importFiles}
          </Button>
          <Button variant="ghost" asChild>
            <a href="/admin/articles/export" download>
              <Download />
              {say.exportFiles}
            </a>
          </Button>
        </div>
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Card className="overflow-hidden">
          <ArticleTable
            rows={data?.articles}
            sort={{ by: filters.sort ?? 'updated_at', order: filters.order === 'asc' ? 'asc' : 'desc' }}
            onSort={(sort) => change({ sort: sort.by, order: sort.order })}
            empty={
              isFiltered ? (
                <EmptyState icon={<SearchX />} title={say.nothingFound} action={<Button onClick={() => setParams({})}>{say.clearFilters}</Button>}>
                  {say.nothingFoundHint}
                </EmptyState>
              ) : (
                <EmptyState
                  icon={<BookOpen />}
                  title={say.none}
                  action={
                    <Button variant="primary" asChild>
                      <Link to="/app/knowledge/articles/new">{say.newArticle}</Link>
                    </Button>
                  }
                >
                  {say.noneHint}
                </EmptyState>
              )
            }
          />
        </Card>
      )}
      {data && data.pagination.total_count > 10 && (
        <Pagination info={data.pagination} onPage={(page) => change({ page })} onPageSize={(page_size) => change({ page_size })} />
      )}
      {isImporting && <ImportDialog isOpen onOpenChange={setImporting} />}
    </div>
  )
}
