import { useQuery } from '@tanstack/react-query'
import { Inbox } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { http } from '@/api/client'
import {
  EmptyState,
  ErrorState,
  Pagination,
  PriorityIcon,
  RelativeTime,
  SettingsSection,
  SkeletonRows,
  StatusPill,
  useStrings,
  type PageInfo,
  type Priority,
  type TicketStatus,
} from '@/ui'

import { strings } from './people-strings'

interface TicketRow {
  id: string
  number: number
  subject: string
  status: TicketStatus
  priority: Priority
  customer_name: string
  updated_at: string
}

/** All tickets of these customers, newest first: the history of a person or the timeline of a company. */
export function TicketHistory({ customerIds }: { customerIds: string[] }) {
  const say = useStrings(strings)
  const [page, setPage] = useState(1)
  const found = useQuery({
    queryKey: ['people', 'tickets', customerIds, page],
    queryFn: () =>
      http.get<{ tickets: TicketRow[]; pagination: PageInfo }>('/admin/tickets', {
        customer: customerIds,
        sort: 'updated_at',
        order: 'desc',
        page,
        page_size: 25,
      }),
    enabled: customerIds.length > 0,
  })
  const tickets = customerIds.length > 0 ? found.data?.tickets : []
  return (
    <SettingsSection title={say.tickets} isFlush>
      {found.error ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : !tickets ? (
        <SkeletonRows rows={3} />
      ) : tickets.length === 0 ? (
        <EmptyState icon={<Inbox />} title={say.noTickets} />
      ) : (
        <ul className="divide-y divide-line">
          {tickets.map((ticket) => (
            <li key={ticket.id}>
              <Link to={`/app/tickets/${ticket.id}`} className="flex items-center gap-3 px-5 py-2.5 hover:bg-hover">
                <PriorityIcon priority={ticket.priority} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate text-sm">
                    <span className="tabular text-muted">#{ticket.number}</span>{' '}
                    <span className="font-medium">{ticket.subject}</span>
                  </span>
                  {customerIds.length > 1 && <span className="text-xs text-faint">{ticket.customer_name}</span>}
                </span>
                <StatusPill status={ticket.status} />
                <span className="text-xs whitespace-nowrap text-faint max-sm:hidden">
                  <RelativeTime at={ticket.updated_at} isPlain />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {found.data && found.data.pagination.total_pages > 1 && (
        <div className="border-t border-line px-5 py-3">
          <Pagination info={found.data.pagination} onPage={setPage} />
        </div>
      )}
    </SettingsSection>
  )
}
