import { StatusPill, type Status } from '@/ui/badge'
import { useStrings } from '@/ui/locale'

import type { Ticket } from './api'
import { strings } from './strings'

/** Where a ticket stands, in the customer's words. */
export function TicketStatusPill({ ticket }: { ticket: Ticket }) {
  const { status: say } = useStrings(strings)
  const words: Record<Standing, string> = {
    closed: say.closed,
    waiting: say.waiting,
    human_assigned: ticket.assigned_name ? say.person(ticket.assigned_name) : say.team,
    open: say.working,
  }
  const standing = standingOf(ticket)
  return <StatusPill status={standing} label={words[standing]} />
}

type Standing = Extract<Status, 'closed' | 'waiting' | 'human_assigned' | 'open'>

export function standingOf(ticket: Pick<Ticket, 'status' | 'waiting_for'>): Standing {
  if (ticket.status === 'closed') return 'closed'
  if (ticket.waiting_for === 'customer') return 'waiting'
  return ticket.status
}
