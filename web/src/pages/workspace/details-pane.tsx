import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense, type ReactNode } from 'react'
import { Link } from 'react-router'

import { fieldQueries, type CustomField } from '@/features/fields/api'
import { strings } from '@/features/inbox/agent/strings'
import { useTicketActions } from '@/features/tickets/agent/actions'
import { CustomerCard, Properties, Section } from '@/features/tickets/agent/details'
import { agentTicketQueries } from '@/features/tickets/agent/queries'
import { useStrings } from '@/ui/locale'
import { SkeletonText } from '@/ui/states'
import { WhenSeen } from '@/ui/when-seen'

// Panels with forms and questions of their own come after the conversation, and only when they are looked at.
const CopilotPanel = lazy(async () => ({ default: (await import('@/features/copilot/panel')).CopilotPanel }))
const EarlierTickets = lazy(async () => ({ default: (await import('@/features/inbox/agent/earlier')).EarlierTickets }))
const FilesPanel = lazy(async () => ({ default: (await import('@/features/files/files-panel')).FilesPanel }))
const RelationsPanel = lazy(async () => ({ default: (await import('@/features/tickets/combine/relations')).RelationsPanel }))
const SlaClock = lazy(async () => ({ default: (await import('@/features/sla/sla-clock')).SlaClock }))
const TicketFields = lazy(async () => ({ default: (await import('@/features/fields/ticket-fields')).TicketFields }))
const TicketRuleRuns = lazy(async () => ({ default: (await import('@/features/automation/log')).TicketRuleRuns }))
const TimePanel = lazy(async () => ({ default: (await import('@/features/time_tracking/time-panel')).TimePanel }))

const hasTicketFields = (all: readonly CustomField[]): boolean => all.some((field) => field.subject === 'ticket' && !field.archived_at)

/** Everything around a ticket, beside its conversation. */
export function DetailsPane({ ticketId }: { ticketId: string }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const { queryKey } = agentTicketQueries.thread(ticketId)
  const { data } = useSuspenseQuery(agentTicketQueries.thread(ticketId))
  const { ticket } = data
  const actions = useTicketActions(ticket)
  const { data: hasFields = false } = useQuery({ ...fieldQueries.customFields, select: hasTicketFields })
  const refresh = (): void => void client.invalidateQueries({ queryKey })
  return (
    <aside aria-label={say.details} className="h-full overflow-y-auto bg-surface">
      <Properties ticket={ticket} actions={actions} />
      <CustomerCard ticket={ticket}>
        <Link to={`/app/customers/${ticket.user_id}`} className="mt-2 inline-block text-sm font-medium text-accent-text hover:underline">
          {say.profile}
        </Link>
      </CustomerCard>
      {ticket.sla_id && (
        <Part title={say.serviceLevel} lines={4}>
          <SlaClock ticketId={ticketId} />
        </Part>
      )}
      <Part title={say.copilot} lines={12}>
        <CopilotPanel key={ticket.id} ticketId={ticketId} messages={data.messages.length} onApplied={refresh} />
      </Part>
      {hasFields && (
        <Part title={say.fields} lines={2}>
          <TicketFields key={ticket.id} ticketId={ticket.id} values={ticket.custom_fields ?? {}} onSaved={refresh} />
        </Part>
      )}
      <Part title={say.filesTitle} lines={2}>
        <FilesPanel ticketId={ticketId} />
      </Part>
      <Part title={say.relations} lines={3}>
        <RelationsPanel ticket={ticket} />
      </Part>
      <Part title={say.earlier} lines={3}>
        <EarlierTickets customerId={ticket.user_id} currentId={ticketId} />
      </Part>
      <Part title={say.time} lines={3}>
        <TimePanel ticketId={ticketId} />
      </Part>
      <Part title={say.rules} lines={2} isOpenAtFirst={false}>
        <TicketRuleRuns ticketId={ticketId} />
      </Part>
    </aside>
  )
}

interface PartProps {
  title: string
  lines: number
  isOpenAtFirst?: boolean
  children: ReactNode
}

function Part({ title, lines, isOpenAtFirst = true, children }: PartProps) {
  const fallback = <SkeletonText lines={lines} />
  return (
    <Section title={title} isOpenAtFirst={isOpenAtFirst}>
      <WhenSeen fallback={fallback}>
        <Suspense fallback={fallback}>{children}</Suspense>
      </WhenSeen>
    </Section>
  )
}
