import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'

import { StatusPill } from '@/ui/badge'
import { useStrings } from '@/ui/locale'
import { RelativeTime } from '@/ui/relative-time'
import { Skeleton } from '@/ui/states'

import { inboxQueries } from './queries'
import { strings } from './strings'

/** The customer's other tickets, newest first: what was said before is often the answer. */
export function EarlierTickets({ customerId, currentId }: { customerId: string; currentId: string }) {
  const say = useStrings(strings)
  const { data, isPending } = useInfiniteQuery(inboxQueries.list({ customer: customerId, sort: 'updated_at', order: 'desc' }, 6))
  const others = (data?.pages[0]?.tickets ?? []).filter((ticket) => ticket.id !== currentId).slice(0, 5)
  if (isPending) return <Skeleton className="h-12" />
  if (others.length === 0) return <p className="text-sm text-muted">{say.noEarlier}</p>
  return (
    <ul className="-mx-1.5">
      {others.map((ticket) => (
        <li key={ticket.id}>
          <Link to={`/app/inbox/all/${ticket.id}`} className="flex items-center gap-2 rounded-sm px-1.5 py-1.5 text-sm hover:bg-hover">
            <span className="min-w-0 flex-1 truncate">{ticket.subject}</span>
            <StatusPill status={ticket.status} />
            <RelativeTime at={ticket.last_message_at} isPlain className="w-14 shrink-0 text-right text-xs text-faint" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
