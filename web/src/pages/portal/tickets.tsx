import { useQuery } from '@tanstack/react-query'
import { Inbox, MessageSquare, Plus, SearchX } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link, useSearchParams } from 'react-router'

import { useLiveQueries } from '@/api/live'
import { ConfirmAddress } from '@/features/accounts/confirm-address'
import { useBrand, useBrandOf } from '@/features/portal/brand'
import { portalQueries, type Ticket, type TicketFilter } from '@/features/portal/api'
import { TicketStatusPill } from '@/features/portal/status'
import { strings } from '@/features/portal/strings'
import { useSettled } from '@/features/portal/suggestions'
import { PriorityIcon } from '@/ui/badge'
import { Button } from '@/ui/button'
import { SearchInput } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { PageHeader } from '@/ui/page'
import { Pagination } from '@/ui/pagination'
import { RelativeTime } from '@/ui/relative-time'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { Segmented } from '@/ui/segmented'

/** My tickets: what I asked and where it stands. The address holds search, filter and page. */
export default function TicketsPage() {
  const say = useStrings(strings)
  const [filter, setFilter] = useFilter()
  const [words, setWords] = useState(filter.search)
  const settled = useSettled(words, 250)
  useEffect(() => {
    if (settled !== filter.search) setFilter({ search: settled, page: 1 })
  }, [settled, filter.search, setFilter])
  const { data, error, refetch, isPlaceholderData } = useQuery(portalQueries.list(filter))
  useLiveQueries(portalQueries.lists, (event) => Boolean(event.ticket_id) && event.kind !== 'turn.progress')
  // Whoever writes to one brand only sees its look from the start.
  const isBranded = useBrand() !== null
  const names = new Set(data?.tickets.map((ticket) => ticket.context))
  useBrandOf(!isBranded && names.size === 1 ? [...names][0] : undefined)
  const isFiltered = filter.search !== '' || filter.status !== 'all'
  const showAll = (): void => {
    setWords('')
    setFilter({ search: '', status: 'all', page: 1 })
  }
  return (
    <>
      <PageHeader title={say.myTickets} description={say.listHint} />
      <ConfirmAddress className="mb-5" />
      <div className="mb-4 flex flex-wrap gap-3">
        <SearchInput label={say.search} value={words} onChange={setWords} className="min-w-52 flex-1" />
        <Segmented
          label={say.show}
          value={filter.status}
          onChange={(status) => setFilter({ status, page: 1 })}
          options={[
            { value: 'all', label: say.all },
            { value: 'open', label: say.open },
            { value: 'closed', label: say.solved },
          ]}
        />
      </div>
      <p role="status" className="sr-only">
        {isFiltered && data && !isPlaceholderData && say.found(data.pagination.total_count)}
      </p>
      <div className="lit overflow-hidden rounded-lg border border-line bg-surface">
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonRows rows={7} />}
        {data?.tickets.length === 0 && (isFiltered ? <NoMatch onShowAll={showAll} /> : <NoTickets />)}
        {data && (
          <ul className={isPlaceholderData ? 'opacity-60 transition-opacity' : 'transition-opacity'}>
            {data.tickets.map((ticket) => (
              <TicketRow key={ticket.id} ticket={ticket} />
            ))}
          </ul>
        )}
      </div>
      {data && data.pagination.total_count > 10 && (
        <div className="mt-4">
          <Pagination
            info={data.pagination}
            onPage={(page) => setFilter({ page })}
            onPageSize={(pageSize) => setFilter({ pageSize, page: 1 })}
          />
        </div>
      )}
    </>
  )
}

function TicketRow({ ticket }: { ticket: Ticket }) {
  const say = useStrings(strings)
  return (
    <li className="border-b border-line last:border-0">
      <Link
        to={`/portal/tickets/${ticket.id}`}
        className="flex items-center gap-4 px-4 py-3.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2 sm:px-5"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate text-md font-medium">{ticket.subject}</span>
          <span className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-sm text-muted">
            <span className="tabular">{say.number(ticket.number)}</span>
            <span>{ticket.context}</span>
            <span className="inline-flex items-center gap-1">
              <MessageSquare className="size-3.5" aria-hidden />
              {ticket.message_count}
            </span>
            {(ticket.priority === 'high' || ticket.priority === 'urgent') && <PriorityIcon priority={ticket.priority} />}
          </span>
        </span>
        <span className="flex shrink-0 flex-col items-end gap-1">
          <TicketStatusPill ticket={ticket} />
          <RelativeTime at={ticket.updated_at} isPlain className="text-xs text-muted" />
        </span>
      </Link>
    </li>
  )
}

function NoTickets() {
  const say = useStrings(strings)
  return (
    <EmptyState
      icon={<Inbox />}
      title={say.none}
      action={
        <Button asChild variant="primary">
          <Link to="/portal/new">
            <Plus aria-hidden />
            {say.newTicket}
          </Link>
        </Button>
      }
    >
      {say.noneHint}
    </EmptyState>
  )
}

function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  const say = useStrings(strings)
  return (
    <EmptyState icon={<SearchX />} title={say.noMatch} action={<Button onClick={onShowAll}>{say.clearFilter}</Button>}>
      {say.noMatchHint}
    </EmptyState>
  )
}

function useFilter(): [TicketFilter, (change: Partial<TicketFilter>) => void] {
  const [params, setParams] = useSearchParams()
  const status = params.get('status')
  const filter: TicketFilter = {
    search: params.get('search') ?? '',
    status: status === 'open' || status === 'closed' ? status : 'all',
    page: Math.max(1, Number(params.get('page')) || 1),
    pageSize: [10, 25, 50, 100].find((size) => size === Number(params.get('size'))) ?? 10,
  }
  const change = (next: Partial<TicketFilter>): void => {
    const all = { ...filter, ...next }
    setParams(
      {
        ...(all.search && { search: all.search }),
        ...(all.status !== 'all' && { status: all.status }),
        ...(all.page > 1 && { page: String(all.page) }),
        ...(all.pageSize !== 10 && { size: String(all.pageSize) }),
      },
      { replace: true },
    )
  }
  return [filter, change]
}
