import { ChevronDown, Mail, Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import { Avatar } from '@/ui/avatar'
import { PriorityIcon, StatusPill, TagChip } from '@/ui/badge'
import { cx } from '@/ui/class-names'
import { useStrings } from '@/ui/locale'
import { RelativeTime } from '@/ui/relative-time'

import type { TicketActions } from './actions'
import { AssigneePicker, CategoryPicker, PriorityPicker, TagPicker, TeamPicker } from './pickers'
import type { AgentTicket } from './queries'
import { strings } from './strings'

/** What is known about the ticket and its customer; each value is changed where it stands. */
export function Properties({ ticket, actions }: { ticket: AgentTicket; actions: TicketActions }) {
  const say = useStrings(strings)
  return (
    <Section title={say.properties}>
      <dl className="grid grid-cols-[5.75rem_1fr] items-center gap-x-2 text-sm">
        <Row label={say.status}>
          <span className="px-1.5">
            <StatusPill status={ticket.snoozed_until ? 'snoozed' : ticket.status} />
          </span>
        </Row>
        <Row label={say.priority}>
          <PriorityPicker
            ticket={ticket}
            actions={actions}
            trigger={
              <Value label={say.priority}>
                <PriorityIcon priority={ticket.priority} /> {say[ticket.priority]}
              </Value>
            }
          />
        </Row>
        <Row label={say.assignee}>
          <AssigneePicker
            ticket={ticket}
            actions={actions}
            trigger={
              <Value label={say.assignee} isEmpty={!ticket.assigned_name}>
                {ticket.assigned_name && <Avatar name={ticket.assigned_name} size="xs" />}
                <span className="truncate">{ticket.assigned_name ?? say.nobody}</span>
              </Value>
            }
          />
        </Row>
        <Row label={say.team}>
          <TeamPicker ticket={ticket} actions={actions} trigger={<Value label={say.team} isEmpty={!ticket.team}>{ticket.team ?? say.noTeam}</Value>} />
        </Row>
        <Row label={say.category}>
          <CategoryPicker
            ticket={ticket}
            actions={actions}
            trigger={<Value label={say.category} isEmpty={!ticket.category}>{ticket.category ?? say.noCategory}</Value>}
          />
        </Row>
        <Row label={say.context}>
          <span className="truncate px-1.5">{ticket.context}</span>
        </Row>
        <Row label={say.source}>
          <span className="px-1.5">{say[ticket.source]}</span>
        </Row>
        <Row label={say.opened}>
          <RelativeTime at={ticket.created_at} className="px-1.5" />
        </Row>
        {ticket.last_response_at && (
          <Row label={say.lastAnswer}>
            <RelativeTime at={ticket.last_response_at} className="px-1.5" />
          </Row>
        )}
      </dl>
      <div className="mt-2 flex flex-wrap items-center gap-1">
        {(ticket.tags ?? []).map((tag) => (
          <TagChip key={tag.id} name={tag.name} color={tag.color} onRemove={() => actions.removeTag(tag.id)} />
        ))}
        <TagPicker
          ticket={ticket}
          actions={actions}
          trigger={
            <button
              type="button"
              className="inline-flex h-5 items-center gap-1 rounded-full border border-dashed border-line-strong px-2 text-xs text-muted hover:text-ink"
            >
              <Plus className="size-3" aria-hidden /> {say.addTag}
            </button>
          }
        />
      </div>
    </Section>
  )
}

export function CustomerCard({ ticket, children }: { ticket: AgentTicket; children?: ReactNode }) {
  const say = useStrings(strings)
  return (
    <Section title={say.customer}>
      <div className="flex items-center gap-2.5">
        <Avatar name={ticket.customer_name} />
        <div className="min-w-0">
          <p className="truncate font-medium">{ticket.customer_name}</p>
          <a href={`mailto:${ticket.customer_email}`} className="flex items-center gap-1 truncate text-sm text-muted hover:text-ink">
            <Mail className="size-3.5 shrink-0" aria-hidden />
            <span className="truncate">{ticket.customer_email}</span>
          </a>
        </div>
      </div>
      {children}
    </Section>
  )
}

interface SectionProps {
  title: ReactNode
  children: ReactNode
  isOpenAtFirst?: boolean
}

/** A part of the details that can be folded. */
export function Section({ title, children, isOpenAtFirst = true }: SectionProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  return (
    <section className="border-b border-line px-4 py-3 last:border-0">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex w-full items-center justify-between rounded-xs py-1 text-xs font-semibold tracking-wide text-muted uppercase hover:text-ink"
        >
          {title}
          <ChevronDown className={cx('size-3.5 transition-transform', !isOpen && '-rotate-90')} aria-hidden />
        </button>
      </h3>
      {isOpen && <div className="pt-1.5">{children}</div>}
    </section>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="py-1 text-muted">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}

interface ValueProps extends React.ComponentProps<'button'> {
  label: string
  isEmpty?: boolean
}

function Value({ label, isEmpty = false, children, ...rest }: ValueProps) {
  return (
    <button
      type="button"
      aria-label={label}
      className={cx(
        'flex h-7 w-full min-w-0 items-center gap-1.5 rounded-sm px-1.5 text-left hover:bg-hover',
        isEmpty && 'text-faint',
      )}
      {...rest}
    >
      {children}
    </button>
  )
}
