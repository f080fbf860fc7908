import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Inbox, SearchX } from 'lucide-react'
import { useEffect, useMemo, useRef, type ReactNode } from 'react'

import { useLiveQueries } from '@/api/live'
import { useStrings } from '@/ui/locale'
import { useCommands } from '@/ui/shortcuts'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'

import { inboxQueries, type Filter, type ListedTicket } from './queries'
import { Row } from './row'
import { strings } from './strings'

export interface Selection {
  ids: ReadonlySet<string>
  toggle: (id: string) => void
  range: (ids: string[]) => void
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
  onClearSearch?: () => void
}

/** The tickets of a view: virtual, endless, live, moved through with J and K. */
export function TicketList({ filter, activeId, onOpen, addressOf, selection, isCompact, badgesOf, onClearSearch }: TicketListProps) {
  const say = useStrings(strings)
  const query = useInfiniteQuery(inboxQueries.list(filter))
  useLiveQueries(
    inboxQueries.list(filter).queryKey,
    (event) => event.kind.startsWith('ticket.') || event.kind === 'message.added',
  )
  const tickets = useMemo(() => unique(query.data?.pages.flatMap((page) => page.tickets) ?? []), [query.data])
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
  const last = rows.getVirtualItems().at(-1)?.index ?? 0
  const isNearEnd = last >= tickets.length - 10
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [isNearEnd, hasNextPage, isFetchingNextPage, fetchNextPage])

  const move = (by: number): void => {
    const next = tickets[index < 0 ? 0 : Math.max(0, Math.min(tickets.length - 1, index + by))]
    if (!next) return
    onOpen(next.id)
    rows.scrollToIndex(tickets.indexOf(next))
  }
  const select = (id: string, isRange: boolean): void => {
    const from = tickets.findIndex((ticket) => ticket.id === anchor.current)
    const to = tickets.findIndex((ticket) => ticket.id === id)
    if (isRange && from >= 0) {
      selection.range(tickets.slice(Math.min(from, to), Math.max(from, to) + 1).map((ticket) => ticket.id))
    } else selection.toggle(id)
    anchor.current = id
  }
  useCommands([
    { id: 'list.next', label: say.nextInList, keys: 'j', group: say.listGroup, run: () => move(1) },
    { id: 'list.previous', label: say.previousInList, keys: 'k', group: say.listGroup, run: () => move(-1) },
    { id: 'list.select', label: say.select, keys: 'x', group: say.listGroup, run: () => activeId && select(activeId, false) },
    { id: 'list.selectRange', label: say.selectRange, keys: 'shift+x', group: say.listGroup, run: () => activeId && select(activeId, true) },
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
        {rows.getVirtualItems().map((item) => {
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
                onOpen={(event) => {
                  if (!event.shiftKey) return
                  event.preventDefault()
                  select(ticket.id, true)
                }}
                onSelect={(isRange) => select(ticket.id, isRange)}
                badges={badgesOf?.(ticket)}
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
