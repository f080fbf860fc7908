import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { PriorityIcon, StatusPill, type TicketStatus } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Sheet } from '@/ui/dialog'
import { useFormat, useStrings } from '@/ui/locale'
import { Pagination } from '@/ui/pagination'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'

import { shown } from './format'
import { csvAddress, reportQueries, type Question } from './queries'
import { strings } from './strings'

interface BehindSheetProps {
  figure: string
  question: Question
  onClose: () => void
}

/** The tickets a figure is made of, the latest first. */
export function BehindSheet({ figure, question, onClose }: BehindSheetProps) {
  const say = useStrings(strings)
  const format = useFormat()
  const [page, setPage] = useState(1)
  const { data, error, refetch } = useQuery(reportQueries.behind(question, figure, page))
  return (
    <Sheet
      isOpen
      onOpenChange={onClose}
      width="lg"
      title={data?.figure.label ?? say.behindTitle}
      description={data?.figure.definition ?? say.behindTitle}
      footer={
        <Button asChild>
          <a href={csvAddress('tickets', question, { figure })} download>
            <Download /> {say.csv}
          </a>
        </Button>
      }
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows />}
      {data?.tickets.length === 0 && <EmptyState title={say.nothing} />}
      <ul className="divide-y divide-line">
        {data?.tickets.map((ticket) => (
          <li key={ticket.ticket_id} className="flex items-center gap-3 py-2.5 text-sm">
            <PriorityIcon priority={ticket.priority} />
            <span className="min-w-0 flex-1">
              <Link to={`/app/tickets/${ticket.ticket_id}`} className="block truncate font-medium hover:underline">
                {ticket.subject}
              </Link>
              <span className="tabular block truncate text-xs text-faint">
                #{ticket.number} · {ticket.context} · {format.day(ticket.created_at)}
                {ticket.assigned_to && ` · ${ticket.assigned_to}`}
              </span>
            </span>
            <StatusPill status={ticket.status as TicketStatus} />
            {ticket.value !== null && (
              <span className="tabular w-24 text-right font-medium">{shown(ticket.value, valueUnit(data.figure.unit, figure), format)}</span>
            )}
          </li>
        ))}
      </ul>
      {data && data.pagination.total_pages > 1 && (
        <div className="pt-3">
          <Pagination info={data.pagination} onPage={setPage} />
        </div>
      )}
    </Sheet>
  )
}

/** What a single ticket adds: missed targets carry their minutes. */
function valueUnit(unit: 'count' | 'seconds' | 'minutes' | 'percent' | 'stars', figure: string) {
  return figure.startsWith('response_') || figure.startsWith('resolution_v') || figure === 'resolution_compliance' ? 'minutes' : unit
}
