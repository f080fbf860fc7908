import { Pin, Star } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'

import { Badge } from '@/ui/badge'
import { useFormat, useStrings } from '@/ui/locale'
import { RelativeTime } from '@/ui/relative-time'
import { Table, type Column, type Sort } from '@/ui/table'

import type { ArticleRow } from './api'
import { ArticleState, InternalMark } from './status'
import { strings } from './strings'

interface ArticleTableProps {
  rows: readonly ArticleRow[] | undefined
  sort: Sort
  onSort: (sort: Sort) => void
  empty: ReactNode
}

export function ArticleTable({ rows, sort, onSort, empty }: ArticleTableProps) {
  const say = useStrings(strings)
  const format = useFormat()
  const navigate = useNavigate()
  const columns: Column<ArticleRow>[] = [
    { id: 'title', header: say.titleLabel, isSortable: true, cell: (row) => <Name row={row} /> },
    { id: 'status', header: say.filterStatus, className: 'w-40 max-sm:hidden', cell: (row) => <ArticleState status={row.status} /> },
    { id: 'views', header: say.views, isSortable: true, align: 'right', className: 'w-24 max-lg:hidden', cell: (row) => format.number(row.views) },
    { id: 'helpful', header: say.helpful, isSortable: true, align: 'right', className: 'w-28 max-lg:hidden', cell: (row) => <Helpful row={row} /> },
    { id: 'updated_at', header: say.changed, isSortable: true, align: 'right', className: 'w-36 max-md:hidden', cell: (row) => <RelativeTime at={row.updated_at} isPlain className="text-muted" /> },
  ]
  return (
    <Table
      label={say.articles}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      sort={sort}
      onSort={onSort}
      onOpen={(row) => void navigate(`/app/knowledge/articles/${row.id}`)}
      empty={empty}
    />
  )
}

function Name({ row }: { row: ArticleRow }) {
  const say = useStrings(strings)
  return (
    <div className="min-w-0 max-w-2xl">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link to={`/app/knowledge/articles/${row.id}`} className="truncate text-base font-medium text-ink hover:text-accent-text">
          {row.title || say.untitled}
        </Link>
        {row.visibility === 'internal' && <InternalMark />}
        {row.is_pinned && <Pin className="size-3.5 text-muted" aria-label={say.pinned} />}
        {row.is_featured && <Star className="size-3.5 text-amber" aria-label={say.featured} />}
        {row.has_draft && <Badge tone="amber">{say.unsaved}</Badge>}
      </div>
      <p className="mt-0.5 truncate text-sm text-muted">
        {[row.context ?? say.generalCenter, row.category].filter(Boolean).join(' › ')}
      </p>
    </div>
  )
}

function Helpful({ row }: { row: ArticleRow }) {
  const format = useFormat()
  const said = row.helpful + row.unhelpful
  return said ? <span title={`${row.helpful} / ${said}`}>{format.percent(row.helpful / said)}</span> : <span className="text-faint">–</span>
}
