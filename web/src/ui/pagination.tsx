import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useId } from 'react'

import { IconButton } from './button'
import { useFormat, useStrings } from './locale'
import { strings } from './strings'

export interface PageInfo {
  page: number
  page_size: number
  total_count: number
  total_pages: number
  total_is_capped?: boolean
}

interface PaginationProps {
  info: PageInfo
  onPage: (page: number) => void
  onPageSize?: (size: number) => void
}

const SIZES = [10, 25, 50, 100]

export function Pagination({ info, onPage, onPageSize }: PaginationProps) {
  const say = useStrings(strings)
  const format = useFormat()
  const id = useId()
  const first = info.total_count === 0 ? 0 : (info.page - 1) * info.page_size + 1
  const last = Math.min(info.page * info.page_size, info.total_count)
  const total = `${format.number(info.total_count)}${info.total_is_capped ? '+' : ''}`
  return (
    <nav aria-label={say.rows} className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 text-sm text-muted">
      {onPageSize && (
        <span className="flex items-center gap-2">
          <label htmlFor={id} className="whitespace-nowrap">{say.rows}</label>
          {/* The system's own list: it weighs nothing and is right on a phone. */}
          <select
            id={id}
            value={info.page_size}
            onChange={(event) => onPageSize(Number(event.target.value))}
            className="h-7 rounded-sm border border-control-line bg-surface px-1.5 text-ink"
          >
            {SIZES.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </select>
        </span>
      )}
      <span className="tabular whitespace-nowrap">{say.range(format.number(first), format.number(last), total)}</span>
      <span className="flex">
        <IconButton
          label={say.previous}
          icon={<ChevronLeft />}
          disabled={info.page <= 1}
          onClick={() => onPage(info.page - 1)}
        />
        <IconButton
          label={say.next}
          icon={<ChevronRight />}
          disabled={info.page >= info.total_pages}
          onClick={() => onPage(info.page + 1)}
        />
      </span>
    </nav>
  )
}
