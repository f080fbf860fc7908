import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Inbox, SearchX } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react'

import { useLiveQueries } from '@/api/live'
import { agentTicketQueries } from '@/features/tickets/agent/queries'
import { useStrings } from '@/ui/locale'
import { useCommands } from '@/ui/shortcuts'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'

import { useListPresence } from './list-presence'
import { inboxQueries, type Filter, type ListedTicket } from './queries'
import { Row, type Quick } from './row'
import { strings } from './strings'

export interface Selection {
  ids: ReadonlySet<string>
  toggle: (id: string) => void
  range: (ids: string[]) => void
  /** These and no others. */
  keep: (ids: string[]) => void
  clear: () => void
}

interface TicketListProps {
  filter: Filter
  activeId: string | undefined
  onOpen: (id: string) => void
  addressOf: (id: string) => string
  selection: Selection
  isCompact: boolean
  badgesOf?: (ticket: ListedTicket) => ReactNode
  /** What a row offers while the pointer is over it. */
  onQuick?: (ticket: ListedTicket, action: Quick) => void
  onClearSearch?: () => void
  /** All that is loaded, and how many there are in all: for selecting what is not loaded, too. */
  onLoaded?: (loaded: Loaded) => void
}

export interface Loaded {
  ids: string[]
  total: number
  isCapped: boolean
}

/** The tickets of a view: virtual, endless, live, moved through with J and K. */
export function TicketList({ filter, activeId, onOpen, addressOf, selection, isCompact, badgesOf, onQuick, onClearSearch, onLoaded }: TicketListProps) {
  const say = useStrings(strings)
  const query = useInfiniteQuery(inboxQueries.list(filter))
  useLiveQueries(
    inboxQueries.list(filter).queryKey,
    (event) => event.kind.startsWith('ticket.') || event.kind === 'message.added',
  )
  const tickets = useMemo(() => unique(query.data?.pages.flatMap((page) => page.tickets) ?? []), [query.data])
  const info = query.data?.pages.at(-1)?.pagination
  const total = info?.total_count ?? 0
  const isCapped = info?.total_is_capped ?? false
  useEffect(() => onLoaded?.({ ids: tickets.map(({ id }) => id), total, isCapped }), [onLoaded, tickets, total, isCapped])
  const client = useQueryClient()
  const prefetch = useCallback((id: string) => void client.prefetchQuery(agentTicketQueries.thread(id)), [client])
  const box = useRef<HTMLDivElement>(null)
  const anchor = useRef<string | undefined>(undefined)
  // oxlint-disable-next-line react/incompatible-library -- its functions are called here, never handed on
  const rows = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => box.current,
    estimateSize: () => (isCompact ? 38 : 100),
    overscan: 8,
    getItemKey: (index) => tickets[index]?.id ?? index,
  })
  useEffect(() => rows.measure(), [isCompact, rows])
  const index = tickets.findIndex((ticket) => ticket.id === activeId)
  // Where the last one stood: what was closed leaves the list, and the next has its place.
  const place = useRef(0)
  useEffect(() => {
    if (index >= 0) place.current = index
    // The one J would open is on its way before J is pressed.
    const next = index >= 0 ? tickets[index + 1] : undefined
    const timer = next && setTimeout(() => prefetch(next.id), 400)
    return () => clearTimeout(timer)
  }, [index, tickets, prefetch])
  const items = rows.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const page = Math.floor((items[0]?.index ?? 0) / 25)
  const nearby = useMemo(() => tickets.slice(page * 25, page * 25 + 60).map((ticket) => ticket.id), [tickets, page])
  const presence = useListPresence(nearby)
  const isNearEnd = last >= tickets.length - 10
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [isNearEnd, hasNextPage, isFetchingNextPage, fetchNextPage])

  // Where the keys have led, ahead of the page: J pressed three times goes three on, however slow the first is.
  const target = useRef(activeId)
  useEffect(() => {
    // What is drawn may be behind: by now the address names one that was asked for since.
    if (!activeId || window.location.pathname.endsWith(activeId)) target.current = activeId
  }, [activeId])
  const move = (by: number): void => {
    const at = tickets.findIndex((ticket) => ticket.id === target.current)
    const from = at >= 0 ? at + by : activeId ? place.current - (by > 0 ? 0 : 1) : 0
    const next = tickets[Math.max(0, Math.min(tickets.length - 1, from))]
    if (!next) return
    target.current = next.id
    onOpen(next.id)
    rows.scrollToIndex(tickets.indexOf(next))
  }
  // The same function while the list is the same, so that moving through it draws two rows and not all.
  const select = useCallback(
    (id: string, isRange: boolean): void => {
      const from = tickets.findIndex((ticket) => ticket.id === anchor.current)
      const to = tickets.findIndex((ticket) => ticket.id === id)
      if (isRange && from >= 0) {
        selection.range(tickets.slice(Math.min(from, to), Math.max(from, to) + 1).map((ticket) => ticket.id))
      } else selection.toggle(id)
      anchor.current = id
    },
    [tickets, selection],
  )
  useCommands([
    { id: 'list.next', label: say.nextInList, keys: 'j', group: say.listGroup, run: () => move(1) },
    { id: 'list.previous', label: say.previousInList, keys: 'k', group: say.listGroup, run: () => move(-1) },
    { id: 'list.select', label: say.select, keys: 'x', group: say.listGroup, run: () => target.current && select(target.current, false) },
    { id: 'list.selectRange', label: say.selectRange, keys: 'shift+x', group: say.listGroup, run: () => target.current && select(target.current, true) },
    { id: 'list.selectAll', label: say.selectAll, keys: 'mod+a', group: say.listGroup, run: () => selection.range(tickets.map((ticket) => ticket.id)), inFields: false },
    selection.ids.size > 0 && { id: 'list.clear', label: say.clearSelection, keys: 'escape', group: say.listGroup, run: selection.clear },
  ])

  if (query.isPending) return <SkeletonRows rows={8} className="p-3" />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (tickets.length === 0) {
    return filter.search ? (
      <EmptyState icon={<SearchX />} title={say.noHit} action={onClearSearch && <button type="button" className="text-sm font-medium text-accent-text" onClick={onClearSearch}>{say.clear}</button>}>
        {say.noHitHint}
      </EmptyState>
    ) : (
      <EmptyState icon={<Inbox />} title={say.allDone}>
        {say.allDoneHint}
      </EmptyState>
    )
  }
  return (
    <div
      ref={box}
      className="h-full overflow-y-auto overscroll-contain"
    >
      <div role="list" aria-label={say.list} className="relative w-full" style={{ height: rows.getTotalSize() }}>
        {items.map((item) => {
          const ticket = tickets[item.index]
          if (!ticket) return null
          return (
            <div
              key={item.key}
              role="listitem"
              className="absolute inset-x-0 top-0"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              <Row
                ticket={ticket}
                isActive={ticket.id === activeId}
                isSelected={selection.ids.has(ticket.id)}
                isCompact={isCompact}
                to={addressOf(ticket.id)}
                onSelect={select}
                {...(badgesOf && { badgesOf })}
                {...(onQuick && { onQuick })}
                onNear={prefetch}
                here={presence.get(ticket.id)}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function unique(tickets: ListedTicket[]): ListedTicket[] {
  return [...new Map(tickets.map((ticket) => [ticket.id, ticket])).values()]
}
