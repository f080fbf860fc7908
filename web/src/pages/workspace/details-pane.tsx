import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Link } from 'react-router'

import { strings as copilotStrings } from '@/features/copilot/strings'
import { strings as fieldStrings } from '@/features/fields/strings'
import { FilesPanel } from '@/features/files/attachments'
import { strings as fileStrings } from '@/features/files/strings'
import { EarlierTickets } from '@/features/inbox/agent/earlier'
import { strings } from '@/features/inbox/agent/strings'
import { SlaClock } from '@/features/sla/sla-clock'
import { strings as slaStrings } from '@/features/sla/strings'
import { useTicketActions } from '@/features/tickets/agent/actions'
import { CustomerCard, Properties, Section } from '@/features/tickets/agent/details'
import { agentTicketQueries } from '@/features/tickets/agent/queries'
import { RelationsPanel } from '@/features/tickets/combine/relations'
import { strings as combineStrings } from '@/features/tickets/combine/strings'
import { strings as timeStrings } from '@/features/time_tracking/strings'
import { useStrings } from '@/ui/locale'
import { SkeletonText } from '@/ui/states'

// Panels with forms of their own come after the conversation.
const TicketRuleRuns = lazy(async () => ({ default: (await import('@/features/automation/log')).TicketRuleRuns }))
const CopilotPanel = lazy(async () => ({ default: (await import('@/features/copilot/panel')).CopilotPanel }))
const TicketFields = lazy(async () => ({ default: (await import('@/features/fields/ticket-fields')).TicketFields }))
const TimePanel = lazy(async () => ({ default: (await import('@/features/time_tracking/time-panel')).TimePanel }))

/** Everything around a ticket, beside its conversation. */
export function DetailsPane({ ticketId }: { ticketId: string }) {
  const say = useStrings(strings)
  const { data } = useSuspenseQuery(agentTicketQueries.thread(ticketId))
  const { ticket } = data
  const actions = useTicketActions(ticket)
  const sla = useStrings(slaStrings)
  const time = useStrings(timeStrings)
  const fields = useStrings(fieldStrings)
  const copilot = useStrings(copilotStrings)
  const client = useQueryClient()
  const files = useStrings(fileStrings)
  const combine = useStrings(combineStrings)
  return (
    <aside className="h-full overflow-y-auto bg-surface">
      <Properties ticket={ticket} actions={actions} />
      <CustomerCard ticket={ticket}>
        <Link to={`/app/customers/${ticket.user_id}`} className="mt-2 inline-block text-sm font-medium text-accent-text hover:underline">
          {say.profile}
        </Link>
      </CustomerCard>
      <Section title={copilot.copilot}>
        <Suspense fallback={<SkeletonText lines={3} />}>
          <CopilotPanel
            key={ticket.id}
            ticketId={ticketId}
            messages={data.messages.length}
            onApplied={() => void client.invalidateQueries({ queryKey: agentTicketQueries.thread(ticketId).queryKey })}
          />
        </Suspense>
      </Section>
      <Section title={fields.ownFields}>
        <Suspense fallback={<SkeletonText lines={2} />}>
          <TicketFields
            key={ticket.id}
            ticketId={ticket.id}
            values={ticket.custom_fields ?? {}}
            onSaved={() => void client.invalidateQueries({ queryKey: agentTicketQueries.thread(ticketId).queryKey })}
          />
        </Suspense>
      </Section>
      {ticket.sla_id && (
        <Section title={sla.section}>
          <SlaClock ticketId={ticketId} />
        </Section>
      )}
      <Section title={files.files}>
        <FilesPanel ticketId={ticketId} />
      </Section>
      <Section title={combine.section}>
        <RelationsPanel ticket={ticket} />
      </Section>
      <Section title={say.earlier}>
        <EarlierTickets customerId={ticket.user_id} currentId={ticketId} />
      </Section>
      <Section title={time.section}>
        <Suspense fallback={<SkeletonText lines={3} />}>
          <TimePanel ticketId={ticketId} />
        </Suspense>
      </Section>
      <Section title={say.rules} isOpenAtFirst={false}>
        <Suspense fallback={<SkeletonText lines={2} />}>
          <TicketRuleRuns ticketId={ticketId} />
        </Suspense>
      </Section>
    </aside>
  )
}
