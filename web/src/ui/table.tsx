import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'

import { cx } from './class-names'
import { SkeletonRows } from './states'

export interface Sort {
  by: string
  order: 'asc' | 'desc'
}

export interface Column<Row> {
  /** Also the name it sorts by. */
  id: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  isSortable?: boolean
  align?: 'left' | 'right'
  /** Width and visibility, e.g. `w-40 max-md:hidden`. */
  className?: string
}

export interface TableProps<Row> {
  /** What the table holds, for screen readers. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  sort?: Sort
  onSort?: (sort: Sort) => void
  onOpen?: (row: Row) => void
  /** Shown instead of an empty body. */
  empty?: ReactNode
  className?: string
}

/** Rows with a header that stays and columns that sort; `rows` undefined means they are on their way. */
export function Table<Row>({ label, columns, rows, rowKey, sort, onSort, onOpen, empty, className }: TableProps<Row>) {
  if (rows?.length === 0 && empty) return empty
  return (
    <div className={cx('overflow-x-auto', className)}>
      <table className="w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows?.map((row) => (
            <tr
              key={rowKey(row)}
              onClick={onOpen && ((event) => opensRow(event.target) && onOpen(row))}
              className={cx('group', onOpen && 'cursor-pointer hover:bg-hover')}
            >
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={cx(
                    'border-b border-line px-3 py-2.5 group-last:border-0',
                    column.align === 'right' && 'tabular text-right',
                    column.className,
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {!rows && <SkeletonRows />}
    </div>
  )
}

function opensRow(target: EventTarget): boolean {
  return target instanceof Element && !target.closest('a,button,input,label,[role=checkbox],[role=switch]')
}

interface HeaderCellProps<Row> {
  column: Column<Row>
  sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
}

function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
  const isSorted = sort?.by === column.id
  const next = isSorted && sort.order === 'asc' ? 'desc' : 'asc'
  const Arrow = isSorted ? (sort.order === 'asc' ? ArrowUp : ArrowDown) : ChevronsUpDown
  const isRight = column.align === 'right'
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.order === 'asc' ? 'ascending' : 'descending') : undefined}
      className={cx(
        'sticky top-0 z-10 h-9 border-b border-line bg-surface px-3 text-xs font-medium text-muted',
        isRight ? 'text-right' : 'text-left',
        column.className,
      )}
    >
      {column.isSortable && onSort ? (
        <button
          type="button"
          onClick={() => onSort({ by: column.id, order: next })}
          className={cx('inline-flex items-center gap-1 rounded-xs hover:text-ink', isSorted && 'text-ink')}
        >
          {column.header}
          <Arrow className={cx('size-3', !isSorted && 'text-faint')} aria-hidden />
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}
