import {
  Bell,
  Bot,
  CheckCheck,
  Clock,
  Eye,
  EyeOff,
  Flag,
  Folder,
  Layers,
  Hand,
  Mail,
  Plus,
  RotateCcw,
  StickyNote,
  Tag,
  Tags,
  TextCursorInput,
  Trash2,
  UserRound,
  UserRoundCheck,
  UsersRound,
  Reply,
  ArrowDown,
  ArrowUp,
} from 'lucide-react'
import type { ReactNode } from 'react'

import { Button, IconButton, Menu, useStrings } from '@/ui'

import { ACTION_GROUPS, STARTS, type Action } from './api'
import { useDirectory } from './directory'
import { ActionFields } from './action-fields'
import { strings } from './strings'

export const ACTION_ICONS: Record<string, ReactNode> = {
  assign: <UserRound />,
  assign_to_me: <UserRoundCheck />,
  assign_team: <UsersRound />,
  set_priority: <Flag />,
  set_category: <Folder />,
  set_context: <Layers />,
  add_tags: <Tag />,
  remove_tags: <Tags />,
  set_field: <TextCursorInput />,
  reply: <Reply />,
  note: <StickyNote />,
  mail: <Mail />,
  notify: <Bell />,
  snooze: <Clock />,
  close: <CheckCheck />,
  reopen: <RotateCcw />,
  escalate: <Hand />,
  add_watchers: <Eye />,
  remove_watchers: <EyeOff />,
  ask_ai: <Bot />,
}

interface ActionListProps {
  actions: Action[]
  onChange: (actions: Action[]) => void
  /** A rule has no “me”. */
  isRule?: boolean
  /** The server's message for one action, by its place. */
  errorAt?: (index: number) => string | undefined
}

/** The actions of a rule or macro, in the order they are done. */
export function ActionList({ actions, onChange, isRule = false, errorAt }: ActionListProps) {
  const say = useStrings(strings)
  const directory = useDirectory()
  const replace = (index: number, action: Action): void =>
    onChange(actions.map((other, at) => (at === index ? action : other)))
  const move = (index: number, step: number): void => {
    const next = [...actions]
    const [moved] = next.splice(index, 1)
    if (moved) next.splice(index + step, 0, moved)
    onChange(next)
  }
  return (
    <div className="space-y-3">
      {actions.length === 0 && <p className="text-sm text-muted">{say.none}</p>}
      <ol className="space-y-3">
        {actions.map((action, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className="rounded-md border border-line bg-raised">
            <div className="flex items-center gap-2 border-b border-line px-3 py-1.5 last:border-0">
              <span className="text-muted [&_svg]:size-4">{ACTION_ICONS[action.type]}</span>
              <span className="flex-1 text-sm font-medium">{say.types[action.type] ?? action.type}</span>
              {index > 0 && (
                <IconButton size="sm" label={say.up} icon={<ArrowUp />} onClick={() => move(index, -1)} />
              )}
              {index < actions.length - 1 && (
                <IconButton size="sm" label={say.down} icon={<ArrowDown />} onClick={() => move(index, 1)} />
              )}
              <IconButton
                size="sm"
                label={say.remove}
                icon={<Trash2 />}
                onClick={() => onChange(actions.filter((_, at) => at !== index))}
              />
            </div>
            <ActionFields
              action={action}
              directory={directory}
              error={errorAt?.(index)}
              onChange={(next) => replace(index, next)}
            />
          </li>
        ))}
      </ol>
      <Menu
        align="start"
        trigger={
          <Button icon={<Plus />} size="sm">
            {say.add}
          </Button>
        }
        items={ACTION_GROUPS.flatMap((group, at) => [
          ...(at > 0 ? (['separator'] as const) : []),
          { heading: say.groups[group.key] },
          ...group.types
            .filter((type) => !isRule || type !== 'assign_to_me')
            .map((type) => ({
              label: say.types[type] ?? type,
              icon: ACTION_ICONS[type],
              onSelect: () => onChange([...actions, { type, ...STARTS[type] }]),
            })),
        ])}
      />
    </div>
  )
}
