import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'

import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { useFormat, useStrings } from '@/ui/locale'
import { EmptyState } from '@/ui/states'
import { Table, type Column, type Sort } from '@/ui/table'
import { Segmented } from '@/ui/segmented'
import { Tooltip } from '@/ui/tooltip'

import { shown } from './format'
import { csvAddress, reportQueries, type FigureInfo, type GroupBy, type GroupRow, type Question } from './queries'
import { strings } from './strings'

const GROUPS: GroupBy[] = ['agent', 'team', 'context', 'tag']

interface BreakdownTableProps {
  question: Question
  figures: Map<string, FigureInfo> | undefined
  onNarrow: (values: Partial<Question>) => void
  /** Shows the tickets behind a figure of one group. */
  onOpen: (figure: string, narrowed: Partial<Question>) => void
}

/** The main figures of each agent, team, context or tag; a click on a name narrows the report to it, one on a figure shows its tickets. */
export function BreakdownTable({ question, figures, onNarrow, onOpen }: BreakdownTableProps) {
  const say = useStrings(strings)
  const [by, setBy] = useState<GroupBy>('agent')
  const [sort, setSort] = useState<Sort>({ by: 'created', order: 'desc' })
  const { data } = useQuery(reportQueries.breakdown(question, by))
  const rows = data && sorted(data.groups, sort)
  const keys = Object.keys(data?.groups[0]?.figures ?? {})
  return (
    <Card className="overflow-hidden">
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3">
        <h2 className="text-md font-semibold">{say.byTitle}</h2>
        <Segmented
          label={say.byLabel}
          value={by}
          onChange={setBy}
          options={GROUPS.map((each) => ({ value: each, label: say.by[each] }))}
        />
        <Button asChild size="sm" variant="ghost" className="ml-auto">
          <a href={csvAddress('breakdown', question, { by })} download aria-label={say.csvOf(say.by[by])}>
            <Download /> {say.csv}
          </a>
        </Button>
      </div>
      <Table
        label={say.byTitle}
        rows={rows}
        rowKey={(row) => row.key ?? row.label}
        sort={sort}
        onSort={setSort}
        columns={useColumns(by, keys, figures, onNarrow, onOpen)}
        empty={<EmptyState title={say.nothing} />}
      />
    </Card>
  )
}

function useColumns(
  by: GroupBy,
  keys: string[],
  figures: Map<string, FigureInfo> | undefined,
  onNarrow: (values: Partial<Question>) => void,
  onOpen: (figure: string, narrowed: Partial<Question>) => void,
): Column<GroupRow>[] {
  const say = useStrings(strings)
  const format = useFormat()
  const name = by === 'context' ? 'context' : (`${by}_id` as const)
  return [
    {
      id: 'label',
      header: say[by],
      isSortable: true,
      cell: (row) =>
        row.key ? (
          <button type="button" className="truncate font-medium hover:underline" onClick={() => onNarrow({ [name]: row.key })}>
            {row.label}
          </button>
        ) : (
          <span className="text-faint">{say.none}</span>
        ),
    },
    ...keys.map((key): Column<GroupRow> => {
      const figure = figures?.get(key)
      return {
        id: key,
        isSortable: true,
        align: 'right',
        header: (
          <Tooltip label={figure?.definition ?? key}>
            <span className="whitespace-nowrap">{figure?.label ?? key}</span>
          </Tooltip>
        ),
        cell: (row) => {
          const text = shown(row.figures[key], figure?.unit ?? 'count', format)
          const narrowed = narrowing(by, row)
          if (!row.figures[key] || !narrowed) return <span className={row.figures[key] ? undefined : 'text-faint'}>{text}</span>
          return (
            <button
              type="button"
              className="hover:underline"
              aria-label={`${row.label}, ${figure?.label ?? key}: ${text}. ${say.show(figure?.label ?? key)}`}
              onClick={() => onOpen(key, narrowed)}
            >
              {text}
            </button>
          )
        },
      }
    }),
  ]
}

/** What narrows a report to one group; tickets without an agent or a team are asked for by “none”. */
function narrowing(by: GroupBy, row: GroupRow): Partial<Question> | null {
  if (by === 'context') return row.key ? { context: row.key } : null
  if (by === 'tag') return row.key ? { tag_id: row.key } : null
  return { [`${by}_id`]: row.key ?? 'none' }
}

function sorted(rows: GroupRow[], sort: Sort): GroupRow[] {
  const direction = sort.order === 'asc' ? 1 : -1
  return rows.toSorted((one, other) => {
    if (sort.by === 'label') return direction * one.label.localeCompare(other.label)
    return direction * ((one.figures[sort.by] ?? -1) - (other.figures[sort.by] ?? -1))
  })
}
