import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download, History } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { http } from '@/api/client'
import type { components } from '@/api/schema'
import { strings } from '@/features/tickets/activity/strings'
import { directoryQueries } from '@/features/tickets/agent/queries'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { SettingsPage } from '@/ui/page'
import { RelativeTime } from '@/ui/relative-time'
import { Select } from '@/ui/select'
import { EmptyState, ErrorState } from '@/ui/states'
import { Table } from '@/ui/table'

type Line = components['schemas']['ActivityLine']
interface Page {
  activity: Line[]
  next_before: number | null
}

const ANY = '*'
const KINDS = [
  'ticket.opened',
  'message.added',
  'ticket.assigned',
  'ticket.team_assigned',
  'ticket.priority_changed',
  'ticket.field_changed',
  'ticket.escalated',
  'ticket.closed',
  'ticket.reopened',
  'ticket.snoozed',
  'ticket.merged',
  'ticket.unmerged',
  'ticket.split',
  'attachment.added',
  'attachment.removed',
]
const WAYS = ['screen', 'api_key', 'email', 'rule', 'ai', 'system'] as const

/** The append-only log of all tickets, filtered and exported. */
export default function ActivityPage() {
  const say = useStrings(strings)
  const { data: agents = [] } = useQuery(directoryQueries.agents())
  const [filter, setFilter] = useState<Record<string, string>>({})
  const set = (name: string, value: string): void => {
    const { [name]: _, ...rest } = filter
    setFilter(value && value !== ANY ? { ...rest, [name]: value } : rest)
  }
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['activity', filter],
    queryFn: ({ pageParam }) => http.get<Page>('/admin/activity', { ...filter, before: pageParam, limit: 50 }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next_before ?? undefined,
  })
  return (
    <SettingsPage
      isWide
      title={say.title}
      description={say.about}
      actions={
        <Button asChild icon={<Download />}>
          <a href={`/admin/activity/export?${new URLSearchParams(filter).toString()}`} download>
            {say.export}
          </a>
        </Button>
      }
    >
      <div className="grid items-end gap-2 sm:grid-cols-3 xl:grid-cols-5">
        <Select
          size="sm"
          aria-label={say.who}
          value={filter.actor_id ?? ANY}
          onChange={(value) => set('actor_id', value)}
          options={[{ value: ANY, label: say.anyone }, ...agents.map((agent) => ({ value: agent.id, label: agent.name }))]}
        />
        <Select
          size="sm"
          aria-label={say.what}
          value={filter.kind ?? ANY}
          onChange={(value) => set('kind', value)}
          options={[{ value: ANY, label: say.anything }, ...KINDS.map((kind) => ({ value: kind, label: say.kinds[kind] ?? spoken(kind) }))]}
        />
        <Select
          size="sm"
          aria-label={say.through}
          value={filter.through ?? ANY}
          onChange={(value) => set('through', value)}
          options={[{ value: ANY, label: say.anyWay }, ...WAYS.map((way) => ({ value: way as string, label: say[way] }))]}
        />
        <Field label={say.from}>
          <Input isSmall type="date" value={filter.date_from ?? ''} onChange={(event) => set('date_from', event.target.value)} />
        </Field>
        <Field label={say.to}>
          <Input isSmall type="date" value={filter.date_to ?? ''} onChange={(event) => set('date_to', event.target.value)} />
        </Field>
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Card className="overflow-hidden">
          <Table<Line>
            label={say.title}
            rows={data?.pages.flatMap((page) => page.activity)}
            rowKey={(line) => String(line.id)}
            empty={
              <EmptyState icon={<History />} title={say.empty}>
                {say.emptyHint}
              </EmptyState>
            }
            columns={[
              { id: 'when', header: say.when, className: 'w-32', cell: (line) => <RelativeTime at={line.at} /> },
              { id: 'who', header: say.who, className: 'w-40 max-md:hidden', cell: (line) => line.actor_name ?? say.actors[line.actor_kind] ?? spoken(line.actor_kind) },
              {
                id: 'ticket',
                header: say.ticket,
                className: 'w-24',
                cell: (line) => (
                  <Link to={`/app/tickets/${line.ticket_id}`} title={line.ticket_subject} className="text-accent-text tabular-nums hover:underline">
                    #{line.ticket_number}
                  </Link>
                ),
              },
              { id: 'change', header: say.change, cell: (line) => <Change line={line} /> },
              {
                id: 'through',
                header: say.through,
                className: 'w-28 max-lg:hidden',
                cell: (line) => say[line.through as (typeof WAYS)[number]] ?? line.through,
              },
            ]}
          />
        </Card>
      )}
      {hasNextPage && (
        <Button className="self-center" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say.older}
        </Button>
      )}
    </SettingsPage>
  )
}

function Change({ line }: { line: Line }) {
  const say = useStrings(strings)
  const has = (value: unknown): boolean => value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      <span>{line.field ? spoken(line.field) : (say.kinds[line.kind] ?? spoken(line.kind))}</span>
      {has(line.old) && <del className="max-w-48 truncate text-muted">{shown(line.old)}</del>}
      {has(line.new) && <ins className="max-w-64 truncate font-medium no-underline">{shown(line.new)}</ins>}
    </span>
  )
}

function spoken(kind: string): string {
  const words = kind.replace('.', ' ').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(', ') : String(value)
}
