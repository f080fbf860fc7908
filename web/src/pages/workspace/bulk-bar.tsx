import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, Moon, Tag, UserRound, X, Zap } from 'lucide-react'

import { may, useUser } from '@/features/accounts/session'
import { inboxQueries } from '@/features/inbox/agent/queries'
import { strings } from '@/features/inbox/agent/strings'
import type { Selection } from '@/features/inbox/agent/ticket-list'
import { macrosQuery, runMacro } from '@/features/macros/agent/queries'
import { runActions, snoozeTimes, type Action } from '@/features/tickets/agent/actions'
import { PRIORITIES } from '@/features/tickets/agent/pickers'
import { directoryQueries } from '@/features/tickets/agent/queries'
import { strings as ticketStrings } from '@/features/tickets/agent/strings'
import { Avatar } from '@/ui/avatar'
import { ColorDot, PriorityIcon } from '@/ui/badge'
import { IconButton } from '@/ui/button'
import { useFormat, useStrings } from '@/ui/locale'
import { Menu } from '@/ui/menu'
import { useCommands } from '@/ui/shortcuts'
import { toast, toastError } from '@/ui/toast'

type Wish = { action: Action; undo?: Action } | { macro: string }

/** What can be done with all selected tickets at once, in the one vocabulary of actions. */
export function BulkBar({ selection }: { selection: Selection }) {
  const say = useStrings(strings)
  const words = useStrings(ticketStrings)
  const format = useFormat()
  const user = useUser()
  const client = useQueryClient()
  const ids = [...selection.ids]
  const isOpen = ids.length > 0
  const { data: agents = [] } = useQuery({ ...directoryQueries.agents(), enabled: isOpen })
  const { data: tags = [] } = useQuery({ ...directoryQueries.tags(), enabled: isOpen })
  const { data: macros = [] } = useQuery({ ...macrosQuery(), enabled: isOpen && may(user, 'macros.use') })
  const { mutate, isPending } = useMutation({
    mutationFn: (wish: Wish) => ('macro' in wish ? runMacro(wish.macro, ids) : runActions(ids, [wish.action])),
    onSuccess: (answer, wish) => {
      const undo = 'undo' in wish ? wish.undo : undefined
      const onUndo = undo && ((): void => void runActions(ids, [undo]).catch((error: unknown) => toastError(error)))
      toast(answer.message, { tone: answer.failed_count ? 'info' : 'success', ...(onUndo && { onUndo }) })
      selection.clear()
    },
    onError: (error) => toastError(error),
    onSettled: () => void client.invalidateQueries({ queryKey: inboxQueries.all }),
  })
  const close = (): void => mutate({ action: { type: 'close' }, undo: { type: 'reopen' } })
  const take = (): void => mutate({ action: { type: 'assign', agent_id: user.id } })
  useCommands([
    isOpen && { id: 'bulk.close', label: `${say.close} (${say.selected(ids.length)})`, keys: 'shift+e', group: say.listGroup, run: close },
    isOpen && { id: 'bulk.assign', label: `${say.assignToMe} (${say.selected(ids.length)})`, keys: 'shift+i', group: say.listGroup, run: take },
  ])
  if (!isOpen) return null
  return (
    <div
      role="toolbar"
      aria-label={say.selected(ids.length)}
      className="floating absolute inset-x-2 bottom-2 z-20 flex animate-pop items-center gap-0.5 rounded-lg bg-overlay p-1.5"
    >
      <span className="flex-1 truncate px-1 text-xs font-medium tabular-nums">{say.selected(ids.length)}</span>
      <Menu
        side="top"
        trigger={<IconButton label={words.assignTo} icon={<UserRound />} disabled={isPending} />}
        items={[
          { label: say.assignToMe, icon: <UserRound />, keys: 'shift+i', onSelect: take },
          { label: words.nobody, onSelect: () => mutate({ action: { type: 'assign', agent_id: null } }) },
          'separator',
          ...agents.map((agent) => ({
            label: agent.name,
            icon: <Avatar name={agent.name} size="xs" />,
            onSelect: () => mutate({ action: { type: 'assign', agent_id: agent.id } }),
          })),
        ]}
      />
      <Menu
        side="top"
        trigger={<IconButton label={words.priority} icon={<PriorityIcon priority="high" />} disabled={isPending} />}
        items={PRIORITIES.map((priority) => ({
          label: words[priority],
          icon: <PriorityIcon priority={priority} />,
          onSelect: () => mutate({ action: { type: 'set_priority', priority } }),
        }))}
      />
      <Menu
        side="top"
        trigger={<IconButton label={words.addTag} icon={<Tag />} disabled={isPending || tags.length === 0} />}
        items={tags.map((tag) => ({
          label: tag.name,
          icon: <ColorDot color={tag.color} />,
          onSelect: () =>
            mutate({ action: { type: 'add_tags', tag_ids: [tag.id] }, undo: { type: 'remove_tags', tag_ids: [tag.id] } }),
        }))}
      />
      <Menu
        side="top"
        trigger={<IconButton label={words.snooze} icon={<Moon />} disabled={isPending} />}
        items={snoozeTimes().map(({ key, at }) => ({
          label: `${words[key]} · ${format.day(at)}, ${format.clock(at)}`,
          icon: <Moon />,
          onSelect: () => mutate({ action: { type: 'snooze', until: at.toISOString() } }),
        }))}
      />
      {macros.length > 0 && (
        <Menu
          side="top"
          trigger={<IconButton label={words.macros} icon={<Zap />} disabled={isPending} />}
          items={macros.map((macro) => ({ label: macro.name, icon: <Zap />, onSelect: () => mutate({ macro: macro.id }) }))}
        />
      )}
      <IconButton label={say.close} keys="shift+e" icon={<Check />} isBusy={isPending} onClick={close} />
      <IconButton label={say.clearSelection} icon={<X />} onClick={selection.clear} />
    </div>
  )
}
