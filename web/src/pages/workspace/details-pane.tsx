import { useSuspenseQuery } from '@tanstack/react-query'

import { useTicketActions } from '@/features/tickets/agent/actions'
import { SlaClock } from '@/features/sla/sla-clock'
import { strings as slaStrings } from '@/features/sla/strings'
import { CustomerCard, Properties, Section } from '@/features/tickets/agent/details'
import { agentTicketQueries } from '@/features/tickets/agent/queries'
import { strings as timeStrings } from '@/features/time_tracking/strings'
import { TimePanel } from '@/features/time_tracking/time-panel'
import { useStrings } from '@/ui/locale'

/** Everything around a ticket, beside its conversation. */
export function DetailsPane({ ticketId }: { ticketId: string }) {
  const { data } = useSuspenseQuery(agentTicketQueries.thread(ticketId))
  const { ticket } = data
  const actions = useTicketActions(ticket)
  const sla = useStrings(slaStrings)
  const time = useStrings(timeStrings)
  return (
    <aside className="h-full overflow-y-auto bg-surface">
      <Properties ticket={ticket} actions={actions} />
      {ticket.sla_id && (
        <Section title={sla.section}>
          <SlaClock ticketId={ticket.id} />
        </Section>
      )}
      <Section title={time.section}>
        <TimePanel ticketId={ticket.id} />
      </Section>
      <CustomerCard ticket={ticket} />
    </aside>
  )
}
