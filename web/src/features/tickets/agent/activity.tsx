import { queryOptions } from '@tanstack/react-query'
import {
  ArrowRightLeft,
  Check,
  Flag,
  Hand,
  History,
  Layers,
  Moon,
  RotateCcw,
  Split,
  Tag,
  UserRound,
  UsersRound,
  type LucideIcon,
} from 'lucide-react'

import { http } from '@/api/client'
import { useFormat, useStrings } from '@/ui/locale'
import { RelativeTime } from '@/ui/relative-time'

import { agentTicketQueries } from './queries'
import { strings } from './strings'

export interface ActivityLine {
  id: number
  at: string
  kind: string
  actor_kind: string
  actor_name: string | null
  field: string | null
  old: unknown
  new: unknown
  details: Record<string, unknown>
}

const ICONS: Record<string, LucideIcon> = {
  'ticket.assigned': UserRound,
  'ticket.team_assigned': UsersRound,
  'ticket.priority_changed': Flag,
  'ticket.closed': Check,
  'ticket.reopened': RotateCcw,
  'ticket.snoozed': Moon,
  'ticket.field_changed': Tag,
  'ticket.merged': Layers,
  'ticket.split': Split,
  'ticket.linked': ArrowRightLeft,
  'ticket.escalated': Hand,
}

/** The kinds that stand between the messages; the others say what a message or a clock says already. */
export const SHOWN = new Set(Object.keys(ICONS).filter((kind) => kind !== 'ticket.escalated'))

export const activityQuery = (id: string) =>
  queryOptions({
    queryKey: [...agentTicketQueries.thread(id).queryKey, 'activity'],
    queryFn: () => http.get<{ activity: ActivityLine[] }>(`/ticket/${id}/activity`),
    select: (answer: { activity: ActivityLine[] }) => answer.activity.filter((line) => SHOWN.has(line.kind)).toReversed(),
    staleTime: 15_000,
  })

/** One change as a thin line between the messages. */
export function ActivityRow({ line }: { line: ActivityLine }) {
  const Icon = ICONS[line.kind] ?? History
  return (
    <p className="flex items-center gap-2 px-1 text-xs text-faint">
      <Icon className="size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0 truncate">
        <Sentence line={line} />
      </span>
      <RelativeTime at={line.at} isPlain className="shrink-0" />
    </p>
  )
}

function Sentence({ line }: { line: ActivityLine }) {
  const say = useStrings(strings)
  const format = useFormat()
  const who = line.actor_name ?? (line.actor_kind === 'ai' ? say.ai : line.actor_kind === 'rule' ? say.aRule : 'Deskwell')
  const after = words(line.new)
  const texts = say.did
  switch (line.kind) {
    case 'ticket.assigned':
      if (after === who) return texts.taken(who)
      return after ? texts.assigned(who, after) : texts.unassigned(who)
    case 'ticket.team_assigned':
      return after ? texts.team(who, after) : texts.noTeam(who)
    case 'ticket.priority_changed':
      return texts.priority(who, words(line.old), after)
    case 'ticket.closed':
      return texts.closed(who)
    case 'ticket.reopened':
      return texts.reopened(who)
    case 'ticket.snoozed': {
      const until = line.details.until
      return typeof until === 'string' ? texts.snoozed(who, format.exact(until)) : texts.woken(who)
    }
    case 'ticket.merged':
      return texts.merged(who)
    case 'ticket.split':
      return texts.split(who)
    case 'ticket.linked':
      return texts.linked(who)
    default:
      return texts.changed(who, (line.field ?? '').replaceAll('_', ' '), words(line.old), after)
  }
}

function words(value: unknown): string {
  if (Array.isArray(value)) return value.map(words).join(', ')
  if (value === null || value === undefined || value === true || value === false) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
