import { useSuspenseQuery } from '@tanstack/react-query'
import { Navigate } from 'react-router'

import { ApiError } from '@/api/client'
import { agentTicketQueries } from '@/features/tickets/agent/queries'

/** Whether an address names a ticket by its number, as people write it. */
export const isNumber = (text: string): boolean => /^\d{1,12}$/.test(text)

/** Leads from a ticket's number to the ticket. */
export function TicketByNumber({ number, addressOf }: { number: string; addressOf: (id: string) => string }) {
  const { data: id } = useSuspenseQuery(agentTicketQueries.byNumber(number))
  if (!id) throw new ApiError('There is no such ticket.', 404, 'ticket_not_found')
  return <Navigate to={addressOf(id)} replace />
}
