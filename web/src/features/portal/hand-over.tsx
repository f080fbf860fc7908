import { useQuery } from '@tanstack/react-query'
import { UserRound } from 'lucide-react'

import { Avatar } from '@/ui/avatar'
import { useStrings } from '@/ui/locale'
import { RelativeTime, useNow } from '@/ui/relative-time'

import { portalQueries, type Ticket } from './api'
import { strings } from './strings'

/** Who has the ticket after a hand-over, and when an answer can be expected. */
export function HandOverCard({ ticket }: { ticket: Ticket }) {
  const say = useStrings(strings)
  const now = useNow()
  const { data: sla } = useQuery(portalQueries.sla(ticket.id))
  const due = ticket.first_response_at ? null : (sla?.response_time?.expected ?? null)
  const isDate = due !== null && !Number.isNaN(Date.parse(due))
  const isLate = isDate && Date.parse(due) < now
  return (
    <section className="flex items-start gap-3 rounded-lg border border-accent-line bg-accent-soft px-4 py-3">
      {ticket.assigned_name ? (
        <Avatar name={ticket.assigned_name} />
      ) : (
        <span className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-text">
          <UserRound className="size-4" aria-hidden />
        </span>
      )}
      <div className="min-w-0 text-sm">
        <h2 className="font-semibold">
          {ticket.assigned_name ? say.withPerson(ticket.assigned_name) : say.handedOver}
        </h2>
        <p className="text-muted">
          {isLate ? (
            say.late
          ) : isDate ? (
            <>
              {say.expectBy} <RelativeTime at={due} className="font-medium text-ink" />.
            </>
          ) : (
            say.handedOverHint
          )}
        </p>
      </div>
    </section>
  )
}
