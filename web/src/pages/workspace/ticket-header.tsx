import { ArrowLeft, BookPlus, Check, Combine, Ellipsis, Hand, Hash, History, Link2, Mail, Moon, PanelRight, RotateCcw, Waypoints } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'

import type { TicketActions } from '@/features/tickets/agent/actions'
import { SnoozePicker } from '@/features/tickets/agent/pickers'
import type { AgentTicket } from '@/features/tickets/agent/queries'
import { strings } from '@/features/tickets/agent/strings'
import { StatusPill } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { useStrings } from '@/ui/locale'
import { Menu } from '@/ui/menu'
import { useCommands, useRunCommand } from '@/ui/shortcuts'
import { toastError } from '@/ui/toast'
import { Tooltip } from '@/ui/tooltip'

import { Mails } from './mails'
import type { Picking } from './quick-picker'

const QuickPicker = lazy(() => import('./quick-picker'))
const MergeDialog = lazy(async () => ({ default: (await import('@/features/tickets/combine/merge-dialog')).MergeDialog }))
const LinkDialog = lazy(async () => ({ default: (await import('@/features/tickets/combine/link-dialog')).LinkDialog }))

interface HeaderProps {
  ticket: AgentTicket
  actions: TicketActions
  onBack: (() => void) | undefined
  onDetails: () => void
  areDetailsOpen: boolean
  areEventsShown: boolean
  onEvents: () => void
  children?: ReactNode
}

/** Which ticket it is, how it stands, and what can be done with it as a whole. */
export function TicketHeader({ ticket, actions, onBack, onDetails, areDetailsOpen, areEventsShown, onEvents, children }: HeaderProps) {
  const say = useStrings(strings)
  const navigate = useNavigate()
  const makeArticle = (): void => {
    import('@/features/knowledge/api')
      .then(({ articleFromTicket }) => articleFromTicket(ticket.id))
      .then(
        (article) => void navigate(`/app/knowledge/articles/${article.id}`),
        (error: unknown) => toastError(error),
      )
  }
  const run = useRunCommand()
  const closeAndNext = (): void => {
    actions.close()
    run('list.next')
  }
  const [picking, pick] = useState<Picking | null>(null)
  const [isMerging, setMerging] = useState(false)
  const [isLinking, setLinking] = useState(false)
  const isClosed = ticket.status === 'closed'
  // Beside the list, whose title is the page's; alone on a phone it is the page's own.
  const Heading = onBack ? 'h1' : 'h2'
  useCommands([
    isClosed
      ? { id: 'ticket.reopen', label: say.reopen, keys: 'e', group: say.actionsGroup, run: actions.reopen }
      : { id: 'ticket.close', label: say.closeTicket, keys: 'e', group: say.actionsGroup, run: actions.close },
    { id: 'ticket.assignToMe', label: say.assignToMe, keys: 'i', group: say.actionsGroup, run: actions.assignToMe },
    { id: 'ticket.details', label: say.details, keys: ']', group: say.actionsGroup, run: onDetails },
    { id: 'ticket.copyLink', label: say.copyLink, keys: 'mod+shift+.', group: say.actionsGroup, run: actions.copyLink },
    { id: 'ticket.copyNumber', label: say.copyNumber, keys: 'mod+.', group: say.actionsGroup, run: actions.copyNumber },
    { id: 'ticket.merge', label: say.merge, keys: 'shift+g', group: say.actionsGroup, run: () => setMerging(true) },
    { id: 'ticket.link', label: say.link, group: say.actionsGroup, run: () => setLinking(true) },
    !isClosed && { id: 'ticket.giveToAi', label: say.giveToAi, group: say.actionsGroup, run: actions.giveToAi },
    !isClosed && { id: 'ticket.closeAndNext', label: say.closeAndNext, keys: 'd', group: say.actionsGroup, run: closeAndNext },
    { id: 'ticket.assign', label: say.assignTo, keys: 'a', group: say.actionsGroup, takesText: true, run: () => pick('assign') },
    { id: 'ticket.team', label: say.giveToTeam, keys: 'shift+t', group: say.actionsGroup, takesText: true, run: () => pick('team') },
    { id: 'ticket.priority', label: say.setPriority, keys: 'p', group: say.actionsGroup, takesText: true, run: () => pick('priority') },
    { id: 'ticket.tags', label: say.addTag, keys: 'l', group: say.actionsGroup, takesText: true, run: () => pick('tags') },
    { id: 'ticket.category', label: say.setCategory, keys: 'shift+c', group: say.actionsGroup, takesText: true, run: () => pick('category') },
    { id: 'ticket.snooze', label: say.snooze, keys: 'z', group: say.actionsGroup, takesText: true, run: () => pick('snooze') },
  ], ticket.id)
  return (
    <header className="flex min-h-14 shrink-0 items-center gap-2 border-b border-line bg-surface px-3 py-2 sm:px-4">
      {onBack && <IconButton label={say.back} icon={<ArrowLeft />} onClick={onBack} />}
      <div className="min-w-0 flex-1">
        <Heading className="truncate text-md font-semibold tracking-tight" title={ticket.subject}>
          {ticket.subject}
        </Heading>
        <div className="flex h-5 items-center gap-2 overflow-hidden text-xs text-muted">
          <span className="tabular-nums">#{ticket.number}</span>
          {ticket.status === 'human_assigned' && !ticket.assigned_to && !ticket.snoozed_until ? (
            <StatusPill status="waiting" label={say.waitingForPerson} />
          ) : (
            <StatusPill status={ticket.snoozed_until ? 'snoozed' : ticket.status} />
          )}
          {children ?? <span className="truncate">{ticket.context}</span>}
        </div>
      </div>
      <span className="flex gap-2 max-sm:hidden">
        <Mails ticket={ticket} />
        <SnoozePicker ticket={ticket} actions={actions} trigger={<IconButton label={say.snooze} keys="z" icon={<Moon />} />} />
      </span>
      {isClosed ? (
        <Button size="sm" icon={<RotateCcw />} onClick={actions.reopen}>
          <span className="max-sm:sr-only">{say.reopen}</span>
        </Button>
      ) : (
        <Tooltip label={say.closeTicket} keys="e">
          <Button size="sm" icon={<Check />} onClick={actions.close}>
            <span className="max-sm:sr-only">{say.close}</span>
          </Button>
        </Tooltip>
      )}
      <Menu
        trigger={<IconButton label={say.more} icon={<Ellipsis />} />}
        items={[
          { label: say.assignToMe, icon: <Hand />, keys: 'i', onSelect: actions.assignToMe },
          { label: say.snooze, icon: <Moon />, keys: 'z', onSelect: () => pick('snooze') },
          { label: say.mails, icon: <Mail />, keys: 'shift+m', onSelect: () => run('ticket.mails') },
          'separator',
          { label: say.merge, icon: <Combine />, keys: 'shift+g', onSelect: () => setMerging(true) },
          { label: say.link, icon: <Waypoints />, onSelect: () => setLinking(true) },
          { label: say.makeArticle, icon: <BookPlus />, onSelect: makeArticle },
          'separator',
          { label: say.copyLink, icon: <Link2 />, onSelect: actions.copyLink },
          { label: say.copyNumber, icon: <Hash />, onSelect: actions.copyNumber },
          'separator',
          { label: say.showEvents, icon: <History />, isChecked: areEventsShown, onSelect: onEvents },
        ]}
      />
      <IconButton
        label={say.details}
        keys="]"
        icon={<PanelRight />}
        aria-pressed={areDetailsOpen}
        className={areDetailsOpen ? 'text-ink' : ''}
        onClick={onDetails}
      />
      <Suspense>
        {picking && <QuickPicker picking={picking} ticket={ticket} actions={actions} onClose={() => pick(null)} />}
        {isMerging && <MergeDialog ticket={ticket} isOpen onOpenChange={setMerging} onMerged={(id) => void navigate(`/app/tickets/${id}`)} />}
        {isLinking && <LinkDialog ticket={ticket} isOpen onOpenChange={setLinking} />}
      </Suspense>
    </header>
  )
}
