import { useInfiniteQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { useLiveQueries } from '@/api/live'
import { Avatar } from '@/ui/avatar'
import { PriorityIcon } from '@/ui/badge'
import { Card } from '@/ui/card'
import { useStrings } from '@/ui/locale'
import { RelativeTime } from '@/ui/relative-time'
import { ErrorState, SkeletonRows } from '@/ui/states'

import { plainPreview } from './preview'
import { inboxQueries, type Filter, type ListedTicket } from './queries'
import { strings } from './strings'

interface MiniListProps {
  title: ReactNode
  viewId: string
  filter: Filter
  empty: ReactNode
  badgesOf?: (ticket: ListedTicket) => ReactNode
}

/** The first few tickets of a view, on the home page. */
export function MiniList({ title, viewId, filter, empty, badgesOf }: MiniListProps) {
  const say = useStrings(strings)
  const query = useInfiniteQuery(inboxQueries.list(filter, 6))
  useLiveQueries(inboxQueries.list(filter, 6).queryKey, (event) => event.kind.startsWith('ticket.') || event.kind === 'message.added')
  const tickets = query.data?.pages[0]?.tickets ?? []
  return (
    <Card className="overflow-hidden">
      <header className="flex items-center justify-between border-b border-line px-4 py-2.5">
        <h2 className="text-sm font-semibold">{title}</h2>
        <Link to={`/app/inbox/${viewId}`} className="flex items-center gap-0.5 text-xs font-medium text-muted hover:text-ink">
          {say.showAll} <ChevronRight className="size-3.5" aria-hidden />
        </Link>
      </header>
      {query.isPending && <SkeletonRows rows={3} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && tickets.length === 0 && <p className="px-4 py-8 text-center text-sm text-muted">{empty}</p>}
      <ul>
        {tickets.map((ticket) => (
          <li key={ticket.id} className="relative flex items-center gap-3 border-b border-line px-4 py-2 last:border-0 hover:bg-hover">
            <Avatar name={ticket.customer_name} size="sm" />
            <div className="min-w-0 flex-1">
              <Link
                to={`/app/inbox/${viewId}/${ticket.id}`}
                className="block truncate text-sm font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
              >
                {ticket.subject}
              </Link>
              <p className="truncate text-xs text-muted">
                {ticket.customer_name} · {plainPreview(ticket.preview) || ticket.context}
              </p>
            </div>
            {badgesOf?.(ticket)}
            <PriorityIcon priority={ticket.priority} className="!size-3.5" />
            <span className="min-w-10 shrink-0 text-right text-xs text-faint">
              <RelativeTime at={ticket.last_message_at} isPlain isShort />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
