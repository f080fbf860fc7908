import { useQuery } from '@tanstack/react-query'
import { Bot, Moon, Plus, UserRound, UserRoundX } from 'lucide-react'
import type { ReactNode } from 'react'

import { useUser } from '@/features/accounts/session'
import { Avatar } from '@/ui/avatar'
import { ColorDot, PriorityIcon, type Priority } from '@/ui/badge'
import { useFormat, useStrings } from '@/ui/locale'
import { Menu, type MenuEntry } from '@/ui/menu'

import { snoozeTimes, type TicketActions } from './actions'
import { directoryQueries, type AgentTicket } from './queries'
import { strings } from './strings'

export const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'medium', 'low']

interface PickerProps {
  ticket: AgentTicket
  actions: TicketActions
  trigger: ReactNode
}

/** Gives the ticket to somebody, back to the queue, or back to the AI. */
export function AssigneePicker({ ticket, actions, trigger }: PickerProps) {
  const say = useStrings(strings)
  const user = useUser()
  const { data: agents = [] } = useQuery(directoryQueries.agents())
  const others = agents.filter((agent) => agent.id !== user.id)
  return (
    <Menu
      align="start"
      trigger={trigger}
      items={[
        { label: say.assignToMe, icon: <UserRound />, keys: 'i', onSelect: actions.assignToMe },
        { label: say.nobody, icon: <UserRoundX />, onSelect: actions.unassign },
        ticket.status !== 'closed' && { label: say.giveToAi, icon: <Bot />, onSelect: actions.giveToAi },
        others.length > 0 && 'separator',
        ...others.map((agent): MenuEntry => ({
          label: agent.name,
          icon: <Avatar name={agent.name} size="xs" />,
          isChecked: agent.id === ticket.assignee_id,
          onSelect: () => actions.assign(agent),
        })),
      ]}
    />
  )
}

export function PriorityPicker({ ticket, actions, trigger }: PickerProps) {
  const say = useStrings(strings)
  return (
    <Menu
      align="start"
      trigger={trigger}
      items={PRIORITIES.map((priority): MenuEntry => ({
        label: say[priority],
        icon: <PriorityIcon priority={priority} />,
        isChecked: priority === ticket.priority,
        onSelect: () => actions.setPriority(priority),
      }))}
    />
  )
}

export function TeamPicker({ ticket, actions, trigger }: PickerProps) {
  const say = useStrings(strings)
  const { data: teams = [] } = useQuery(directoryQueries.teams())
  return (
    <Menu
      align="start"
      trigger={trigger}
      items={[
        { label: say.noTeam, isChecked: !ticket.team_id, onSelect: () => actions.setTeam(null) },
        teams.length > 0 && 'separator',
        ...teams.map((team): MenuEntry => ({
          label: team.name,
          isChecked: team.id === ticket.team_id,
          onSelect: () => actions.setTeam(team),
        })),
      ]}
    />
  )
}

export function CategoryPicker({ ticket, actions, trigger }: PickerProps) {
  const say = useStrings(strings)
  const { data: categories = [] } = useQuery(directoryQueries.categories())
  return (
    <Menu
      align="start"
      trigger={trigger}
      items={[
        { label: say.noCategory, isChecked: !ticket.category_id, onSelect: () => actions.setCategory(null) },
        categories.length > 0 && 'separator',
        ...categories.map((category): MenuEntry => ({
          label: category.name,
          icon: <ColorDot color={category.color} />,
          isChecked: category.id === ticket.category_id,
          onSelect: () => actions.setCategory(category),
        })),
      ]}
    />
  )
}

export function TagPicker({ ticket, actions, trigger }: PickerProps) {
  const { data: tags = [] } = useQuery(directoryQueries.tags())
  const own = new Set((ticket.tags ?? []).map((tag) => tag.id))
  return (
    <Menu
      align="start"
      trigger={trigger}
      items={tags.map((tag): MenuEntry => ({
        label: tag.name,
        icon: own.has(tag.id) ? <ColorDot color={tag.color} /> : <Plus />,
        isChecked: own.has(tag.id),
        onSelect: () => (own.has(tag.id) ? actions.removeTag(tag.id) : actions.addTag(tag)),
      }))}
    />
  )
}

export function SnoozePicker({ ticket, actions, trigger }: PickerProps) {
  const say = useStrings(strings)
  const format = useFormat()
  return (
    <Menu
      trigger={trigger}
      items={[
        ticket.snoozed_until ? { label: say.wake, icon: <Moon />, onSelect: actions.wake } : null,
        ticket.snoozed_until ? 'separator' : null,
        ...snoozeTimes().map(({ key, at }): MenuEntry => ({
          label: `${say[key]} · ${format.day(at)}, ${format.clock(at)}`,
          icon: <Moon />,
          onSelect: () => actions.snooze(at),
        })),
      ]}
    />
  )
}
