import { useSuspenseQuery } from '@tanstack/react-query'

import { useTicketActions } from '@/features/tickets/agent/actions'
import { CustomerCard, Properties } from '@/features/tickets/agent/details'
import { agentTicketQueries } from '@/features/tickets/agent/queries'

/** Everything around a ticket, beside its conversation. */
export function DetailsPane({ ticketId }: { ticketId: string }) {
  const { data } = useSuspenseQuery(agentTicketQueries.thread(ticketId))
  const { ticket } = data
  const actions = useTicketActions(ticket)
  return (
    <aside className="h-full overflow-y-auto bg-surface">
      <Properties ticket={ticket} actions={actions} />
      <CustomerCard ticket={ticket} />
    </aside>
  )
}
