import { useQuery } from '@tanstack/react-query'
import { Bot, Check, Moon, UserRound, UserRoundX } from 'lucide-react'
import { useState, type KeyboardEvent, type ReactNode } from 'react'

import { useUser } from '@/features/accounts/session'
import { snoozeTimes, type TicketActions } from '@/features/tickets/agent/actions'
import { PRIORITIES } from '@/features/tickets/agent/pickers'
import { directoryQueries, type AgentTicket } from '@/features/tickets/agent/queries'
import { strings } from '@/features/tickets/agent/strings'
import { Avatar } from '@/ui/avatar'
import { ColorDot, PriorityIcon } from '@/ui/badge'
import { CommandDialog, CommandRow } from '@/ui/command-dialog'
import { useFormat, useStrings } from '@/ui/locale'

export type Picking = 'assign' | 'team' | 'priority' | 'category' | 'tags' | 'snooze'

interface QuickPickerProps {
  picking: Picking
  ticket: AgentTicket
  actions: TicketActions
  onClose: () => void
}

interface Choice {
  id: string
  label: string
  icon?: ReactNode
  isChosen?: boolean
  run: () => void
}

/** One property of the ticket, chosen by typing: the same choices as in the details, without the mouse. */
export default function QuickPicker({ picking, ticket, actions, onClose }: QuickPickerProps) {
  const say = useStrings(strings)
  const [words, setWords] = useState('')
  const choices = useChoices(picking, ticket, actions)
  const titles = { assign: say.assignTo, team: say.team, priority: say.priority, category: say.category, tags: say.addTag, snooze: say.snooze }
  const choose = (choice: Choice): void => {
    choice.run()
    if (picking === 'tags') setWords('')
    else onClose()
  }
  const byNumber = (event: KeyboardEvent): void => {
    const choice = words === '' && /^[1-9]$/.test(event.key) ? choices[Number(event.key) - 1] : undefined
    if (!choice) return
    event.preventDefault()
    choose(choice)
  }
  return (
    <CommandDialog
      label={titles[picking]}
      heading={`#${ticket.number} ${ticket.subject}`}
      words={words}
      onWords={setWords}
      onKeyDown={byNumber}
      empty={say.nothingMatches}
      onClose={onClose}
    >
      {choices.map((choice, index) => (
        <CommandRow key={choice.id} value={choice.id} keywords={[choice.label]} onSelect={() => choose(choice)}>
          {choice.icon}
          <span className="flex-1 truncate">{choice.label}</span>
          {choice.isChosen && <Check className="text-accent-text" aria-label={say.chosen} />}
          {words === '' && index < 9 && <span className="w-4 text-right text-xs text-faint tabular-nums">{index + 1}</span>}
        </CommandRow>
      ))}
    </CommandDialog>
  )
}

function useChoices(picking: Picking, ticket: AgentTicket, actions: TicketActions): Choice[] {
  const say = useStrings(strings)
  const format = useFormat()
  const user = useUser()
  const { data: agents = [] } = useQuery({ ...directoryQueries.agents(), enabled: picking === 'assign' })
  const { data: teams = [] } = useQuery({ ...directoryQueries.teams(), enabled: picking === 'team' })
  const { data: categories = [] } = useQuery({ ...directoryQueries.categories(), enabled: picking === 'category' })
  const { data: tags = [] } = useQuery({ ...directoryQueries.tags(), enabled: picking === 'tags' })
  const own = new Set((ticket.tags ?? []).map((tag) => tag.id))
  switch (picking) {
    case 'assign':
      return [
        { id: 'me', label: say.assignToMe, icon: <UserRound />, run: actions.assignToMe },
        { id: 'nobody', label: say.nobody, icon: <UserRoundX />, isChosen: !ticket.assigned_to, run: actions.unassign },
        ...(ticket.status === 'closed' ? [] : [{ id: 'ai', label: say.giveToAi, icon: <Bot />, run: actions.giveToAi }]),
        ...agents
          .filter((agent) => agent.id !== user.id)
          .map((agent) => ({
            id: agent.id,
            label: agent.name,
            icon: <Avatar name={agent.name} size="xs" />,
            isChosen: agent.id === ticket.assignee_id,
            run: () => actions.assign(agent),
          })),
      ]
    case 'team':
      return [
        { id: 'none', label: say.noTeam, isChosen: !ticket.team_id, run: () => actions.setTeam(null) },
        ...teams.map((team) => ({ id: team.id, label: team.name, isChosen: team.id === ticket.team_id, run: () => actions.setTeam(team) })),
      ]
    case 'priority':
      return PRIORITIES.map((priority) => ({
        id: priority,
        label: say[priority],
        icon: <PriorityIcon priority={priority} />,
        isChosen: priority === ticket.priority,
        run: () => actions.setPriority(priority),
      }))
    case 'category':
      return [
        { id: 'none', label: say.noCategory, isChosen: !ticket.category_id, run: () => actions.setCategory(null) },
        ...categories.map((category) => ({
          id: category.id,
          label: category.name,
          icon: <ColorDot color={category.color} />,
          isChosen: category.id === ticket.category_id,
          run: () => actions.setCategory(category),
        })),
      ]
    case 'tags':
      return tags.map((tag) => ({
        id: tag.id,
        label: tag.name,
        icon: <ColorDot color={tag.color} />,
        isChosen: own.has(tag.id),
        run: () => (own.has(tag.id) ? actions.removeTag(tag.id) : actions.addTag(tag)),
      }))
    case 'snooze':
      return [
        ...(ticket.snoozed_until ? [{ id: 'wake', label: say.wake, icon: <Moon />, run: actions.wake }] : []),
        ...snoozeTimes().map(({ key, at }) => ({
          id: key,
          label: `${say[key]} · ${format.day(at)}, ${format.clock(at)}`,
          icon: <Moon />,
          run: () => actions.snooze(at),
        })),
      ]
  }
}
