import { useMutation, useQuery } from '@tanstack/react-query'
import { Check, Moon, Tag, UserRound, X, Zap } from 'lucide-react'
import { useEffect, useState } from 'react'

import { may, useUser } from '@/features/accounts/session'
import { idsOf, type Filter } from '@/features/inbox/agent/queries'
import { strings } from '@/features/inbox/agent/strings'
import type { Loaded, Selection } from '@/features/inbox/agent/ticket-list'
import { macrosQuery } from '@/features/macros/agent/queries'
import { snoozeTimes, type Action } from '@/features/tickets/agent/actions'
import { PRIORITIES } from '@/features/tickets/agent/pickers'
import { directoryQueries } from '@/features/tickets/agent/queries'
import { strings as ticketStrings } from '@/features/tickets/agent/strings'
import { Avatar } from '@/ui/avatar'
import { ColorDot, PriorityIcon } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { ConfirmDialog } from '@/ui/dialog'
import { useFormat, useStrings } from '@/ui/locale'
import { Menu } from '@/ui/menu'
import { useCommands } from '@/ui/shortcuts'
import { toastError } from '@/ui/toast'

import { ASKED_FROM, useBulk, type Wish } from './use-bulk'

interface BulkBarProps {
  selection: Selection
  filter: Filter
  loaded: Loaded
}

/** What can be done with all selected tickets at once, in the one vocabulary of actions. */
export function BulkBar({ selection, filter, loaded }: BulkBarProps) {
  const say = useStrings(strings)
  const words = useStrings(ticketStrings)
  const format = useFormat()
  const user = useUser()
  const isOpen = selection.ids.size > 0
  const { data: agents = [] } = useQuery({ ...directoryQueries.agents(), enabled: isOpen })
  const { data: tags = [] } = useQuery({ ...directoryQueries.tags(), enabled: isOpen })
  const { data: macros = [] } = useQuery({ ...macrosQuery(), enabled: isOpen && may(user, 'macros.use') })
  const bulk = useBulk(selection)
  const [asked, ask] = useState<{ wish: Wish; what: string } | null>(null)
  const isPending = bulk.progress !== null
  const want = (what: string, wish: Wish): void => (selection.ids.size > ASKED_FROM ? ask({ wish, what }) : bulk.run(wish))
  const act = (what: string, action: Action): void => want(what, { action })
  const close = (): void => act(say.close, { type: 'close' })
  const take = (): void => act(say.assignToMe, { type: 'assign', agent_id: user.id })
  const count = say.selected(selection.ids.size)
  const all = format.number(selection.ids.size)
  const mayAct = isOpen && !isPending
  useCommands([
    mayAct && { id: 'bulk.close', label: `${say.close} (${count})`, keys: 'shift+e', group: say.listGroup, run: close },
    mayAct && { id: 'bulk.assign', label: `${say.assignToMe} (${count})`, keys: 'shift+i', group: say.listGroup, run: take },
  ])
  if (!isOpen) return null
  return (
    <div className="floating absolute inset-x-2 bottom-2 z-20 animate-pop rounded-lg bg-overlay">
      {bulk.progress ? (
        <Progress {...bulk.progress} onStop={bulk.stop} />
      ) : (
        <WholeView filter={filter} loaded={loaded} selection={selection} />
      )}
    <div role="toolbar" aria-label={count} className="flex items-center gap-0.5 p-1.5">
      <span className="flex-1 truncate px-1 text-xs font-medium tabular-nums">{selection.ids.size > 99 ? all : count}</span>
      <Menu
        side="top"
        trigger={<IconButton label={words.assignTo} icon={<UserRound />} disabled={isPending} />}
        items={[
          { label: say.assignToMe, icon: <UserRound />, keys: 'shift+i', onSelect: take },
          { label: words.nobody, onSelect: () => act(words.nobody, { type: 'assign', agent_id: null }) },
          'separator',
          ...agents.map((agent) => ({
            label: agent.name,
            icon: <Avatar name={agent.name} size="xs" />,
            onSelect: () => act(`${words.assignTo} ${agent.name}`, { type: 'assign', agent_id: agent.id }),
          })),
        ]}
      />
      <Menu
        side="top"
        trigger={<IconButton label={words.priority} icon={<PriorityIcon priority="high" />} disabled={isPending} />}
        items={PRIORITIES.map((priority) => ({
          label: words[priority],
          icon: <PriorityIcon priority={priority} />,
          onSelect: () => act(`${words.priority} ${words[priority]}`, { type: 'set_priority', priority }),
        }))}
      />
      <Menu
        side="top"
        trigger={<IconButton label={words.addTag} icon={<Tag />} disabled={isPending || tags.length === 0} />}
        items={tags.map((tag) => ({
          label: tag.name,
          icon: <ColorDot color={tag.color} />,
          onSelect: () => act(`${words.addTag} ${tag.name}`, { type: 'add_tags', tag_ids: [tag.id] }),
        }))}
      />
      <Menu
        side="top"
        trigger={<IconButton label={words.snooze} icon={<Moon />} disabled={isPending} />}
        items={snoozeTimes().map(({ key, at }) => ({
          label: `${words[key]} · ${format.day(at)}, ${format.clock(at)}`,
          icon: <Moon />,
          onSelect: () => act(`${words.snooze} ${words[key]}`, { type: 'snooze', until: at.toISOString() }),
        }))}
      />
      {macros.length > 0 && (
        <Menu
          side="top"
          trigger={<IconButton label={words.macros} icon={<Zap />} disabled={isPending} />}
          items={macros.map((macro) => ({ label: macro.name, icon: <Zap />, onSelect: () => want(macro.name, { macro: macro.id }) }))}
        />
      )}
      <IconButton label={say.close} keys="shift+e" icon={<Check />} isBusy={isPending} onClick={close} />
      <IconButton label={say.clearSelection} icon={<X />} disabled={isPending} onClick={selection.clear} />
    </div>
      <ConfirmDialog
        isOpen={asked !== null}
        onOpenChange={(isAsking) => !isAsking && ask(null)}
        title={say.sureMany(asked?.what ?? '', all)}
        description={say.sureManyHint}
        confirmLabel={say.doMany(all)}
        variant="primary"
        onConfirm={() => asked && bulk.run(asked.wish)}
      />
    </div>
  )
}

const row = 'flex min-h-9 items-center gap-2 border-b border-line px-2.5 py-1 text-xs text-muted'

function Progress({ done, total, onStop }: { done: number; total: number; onStop: () => void }) {
  const say = useStrings(strings)
  const format = useFormat()
  const words = say.working(format.number(done), format.number(total))
  return (
    <div className={row}>
      <span
        role="progressbar"
        aria-label={words}
        aria-valuenow={Math.round((done / total) * 100)}
        className="h-1 flex-1 overflow-hidden rounded-full bg-press"
      >
        <span className="block h-full origin-left bg-accent transition-transform" style={{ transform: `scaleX(${done / total})` }} />
      </span>
      <span className="tabular-nums">{words}</span>
      <Button size="sm" variant="ghost" onClick={onStop}>
        {say.stop}
      </Button>
    </div>
  )
}

/** Once all that is loaded is selected: the rest of the view as well. */
function WholeView({ filter, loaded, selection }: BulkBarProps) {
  const say = useStrings(strings)
  const format = useFormat()
  const { ids } = selection
  const { mutate, isPending, data, reset } = useMutation({
    mutationFn: () => idsOf(filter),
    onSuccess: ({ ticket_ids }) => selection.keep(ticket_ids),
    onError: (error) => toastError(error),
  })
  const hasMore = loaded.total > loaded.ids.length
  const isWhole = data !== undefined && data.ticket_ids.length === ids.size
  const offers = hasMore && !isWhole && loaded.ids.every((id) => ids.has(id))
  useCommands([
    hasMore && { id: 'list.selectView', label: say.selectView, keys: 'mod+shift+a', group: say.listGroup, run: () => mutate() },
  ])
  useEffect(() => reset(), [filter, reset])
  const total = `${format.number(loaded.total)}${loaded.isCapped ? '+' : ''}`
  return (
    <div role="status" className={offers || isWhole ? row : 'sr-only'}>
      {isWhole && (data.is_capped ? say.firstSelected : say.viewSelected)(format.number(ids.size))}
      {offers && (
        <>
          <span className="flex-1">{say.allShown(format.number(ids.size))}</span>
          <Button size="sm" variant="ghost" isBusy={isPending} onClick={() => mutate()}>
            {say.selectInView(total)}
          </Button>
        </>
      )}
    </div>
  )
}
