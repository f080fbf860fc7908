import { useQuery } from '@tanstack/react-query'
import { Clock, Download } from 'lucide-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'

import { daysAgo, isoDay, ownZone } from '@/features/reports/zone'
import { KINDS, timeQueries, type Group, type Grouping, type TimeEntry } from '@/features/time_tracking/queries'
import { strings } from '@/features/time_tracking/strings'
import {
  Badge,
  Button,
  Card,
  EmptyState,
  ErrorState,
  Input,
  PageHeader,
  Pagination,
  Segmented,
  Select,
  Switch,
  Table,
  useFormat,
  useStrings,
} from '@/ui'
import { Chart } from '@/ui/chart'

const GROUPINGS: Grouping[] = ['agent', 'customer', 'context', 'ticket', 'kind']
type Query = Record<string, string | number | undefined>

/** Time of everybody (or one's own): by day, summed, and entry by entry. */
export default function TimeReportPage() {
  const say = useStrings(strings)
  const [query, change] = usePeriod()
  const [by, setBy] = useState<Grouping>('agent')
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-6xl px-5 py-8 sm:px-8">
        <PageHeader
          title={say.title}
          description={say.about}
          actions={
            <Button asChild>
              <a href={`/admin/time-entries.csv?${new URLSearchParams(texts(query)).toString()}`} download>
                <Download /> {say.csv}
              </a>
            </Button>
          }
        />
        <Filters query={query} change={change} />
        <div className="space-y-4">
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <ByDay query={query} />
            <Card className="overflow-hidden">
            <div className="flex flex-wrap items-center gap-3 overflow-x-auto border-b border-line px-4 py-3">
              <Segmented
                label={say.by}
                value={by}
                onChange={setBy}
                options={GROUPINGS.map((each) => ({ value: each, label: say.groupings[each] }))}
              />
            </div>
            <Groups by={by} query={query} />
            </Card>
          </div>
          <Entries query={query} />
        </div>
      </div>
    </div>
  )
}

function usePeriod(): [Query, (values: Query) => void] {
  const [params, setParams] = useSearchParams()
  const query: Query = {
    date_from: params.get('date_from') ?? daysAgo(29),
    date_to: params.get('date_to') ?? daysAgo(0),
    tz: ownZone(),
    entry_type: params.get('entry_type') ?? undefined,
    billable: params.get('billable') ?? undefined,
  }
  const change = (values: Query): void => {
    const { tz: _tz, ...kept } = { ...query, ...values }
    setParams(new URLSearchParams(texts(kept)), { replace: true })
  }
  return [query, change]
}

function texts(query: Query): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  )
}

function Filters({ query, change }: { query: Query; change: (values: Query) => void }) {
  const say = useStrings(strings)
  return (
    <div className="mb-6 flex flex-wrap items-center gap-3">
      <Input
        type="date"
        aria-label={say.from}
        value={query.date_from}
        onChange={(event) => event.target.value && change({ date_from: event.target.value })}
        className="tabular !h-8 !w-38"
      />
      <Input
        type="date"
        aria-label={say.until}
        value={query.date_to}
        onChange={(event) => event.target.value && change({ date_to: event.target.value })}
        className="tabular !h-8 !w-38"
      />
      <Select
        aria-label={say.kind}
        size="sm"
        className="!h-8 !w-40"
        value={String(query.entry_type ?? 'all')}
        onChange={(kind) => change({ entry_type: kind === 'all' ? undefined : kind })}
        options={[{ value: 'all', label: say.all }, ...KINDS.map((kind) => ({ value: kind, label: say.kinds[kind] }))]}
      />
      <Switch
        checked={query.billable === 'true'}
        onChange={(isOnly) => change({ billable: isOnly ? 'true' : undefined })}
        label={say.onlyBillable}
      />
    </div>
  )
}

function ByDay({ query }: { query: Query }) {
  const say = useStrings(strings)
  const format = useFormat()
  const { data } = useQuery(timeQueries.groups('day', query))
  if (!data || data.groups.length === 0) return null
  const days = daysBetween(String(query.date_from), String(query.date_to))
  const found = new Map(data.groups.map((group) => [group.key, group]))
  return (
    <Card className="p-4">
      <Chart
        title={`${say.perDay} · ${format.duration(data.totals.total_minutes)}`}
        kind="stacked"
        labels={days.map((day) => format.day(day))}
        format={(hours) => format.duration(hours * 60)}
        series={KINDS.map((kind) => ({
          name: say.kinds[kind],
          values: days.map((day) => (found.get(day)?.by_type[kind] ?? 0) / 60),
        }))}
      />
    </Card>
  )
}

function daysBetween(first: string, last: string): string[] {
  const days: string[] = []
  const end = Date.parse(`${last}T12:00:00`)
  for (let at = Date.parse(`${first}T12:00:00`); at <= end && days.length < 400; at += 86_400_000) {
    days.push(isoDay(new Date(at)))
  }
  return days
}

function Groups({ by, query }: { by: Grouping; query: Query }) {
  const say = useStrings(strings)
  const format = useFormat()
  const { data, error } = useQuery(timeQueries.groups(by, query))
  if (error) return <ErrorState error={error} />
  const label = (group: Group): string => (by === 'kind' ? say.kinds[group.key as keyof typeof say.kinds] : group.label)
  return (
    <Table
      label={say.groups}
      rows={data?.groups}
      rowKey={(group) => group.key}
      empty={
        <EmptyState icon={<Clock />} title={say.empty}>
          {say.emptyText}
        </EmptyState>
      }
      columns={[
        { id: 'label', header: say.groupings[by], cell: label, className: 'font-medium' },
        { id: 'entries', header: say.list, align: 'right', className: 'max-sm:hidden', cell: (group) => format.number(group.entries) },
        { id: 'billable', header: say.billable, align: 'right', className: 'whitespace-nowrap', cell: (group) => format.duration(group.billable_minutes) },
        { id: 'total', header: say.total, align: 'right', className: 'whitespace-nowrap', cell: (group) => format.duration(group.total_minutes) },
      ]}
    />
  )
}

function Entries({ query }: { query: Query }) {
  const say = useStrings(strings)
  const format = useFormat()
  const [page, setPage] = useState(1)
  const { data } = useQuery(timeQueries.list({ ...query, page, page_size: 25 }))
  if (!data || data.time_entries.length === 0) return null
  return (
    <Card className="overflow-hidden">
      <h2 className="border-b border-line px-4 py-3 text-md font-semibold">{say.list}</h2>
      <Table
        label={say.list}
        rows={data.time_entries}
        rowKey={(entry) => entry.id}
        columns={[
          { id: 'when', header: say.when, cell: (entry) => format.day(entry.worked_at), className: 'whitespace-nowrap sm:w-28' },
          { id: 'who', header: say.who, cell: (entry) => entry.user_name || entry.user_email, className: 'max-md:hidden' },
          { id: 'ticket', header: say.ticket, cell: (entry) => <TicketLink entry={entry} /> },
          {
            id: 'what',
            header: say.description,
            className: 'max-md:hidden',
            cell: (entry) => (
              <span className="flex items-center gap-2">
                <Badge>{say.kinds[entry.entry_type]}</Badge>
                {!entry.billable && <Badge tone="amber">{say.notBillable}</Badge>}
                <span className="truncate text-muted">{entry.description}</span>
              </span>
            ),
          },
          { id: 'minutes', header: say.duration, align: 'right', className: 'whitespace-nowrap', cell: (entry) => format.duration(entry.duration_minutes) },
        ]}
      />
      {data.pagination.total_pages > 1 && (
        <div className="border-t border-line px-4 py-2">
          <Pagination info={data.pagination} onPage={setPage} />
        </div>
      )}
    </Card>
  )
}

function TicketLink({ entry }: { entry: TimeEntry }) {
  return (
    <Link to={`/app/tickets/${entry.ticket_id}`} className="block max-w-40 truncate sm:max-w-64 hover:underline">
      <span className="tabular text-faint">#{entry.ticket_number}</span> {entry.ticket_subject}
    </Link>
  )
}
