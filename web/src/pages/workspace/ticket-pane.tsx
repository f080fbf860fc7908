import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { ArrowLeft, BookPlus, Check, Combine, Ellipsis, Hand, Hash, History, Link2, Moon, PanelRight, RotateCcw, Waypoints } from 'lucide-react'
import { useCallback, useRef, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'

import { MessageFiles } from '@/features/files/attachments'
import { articleFromTicket } from '@/features/knowledge/api'
import { ArticlePicker } from '@/features/knowledge/article-picker'
import { strings as knowledgeStrings } from '@/features/knowledge/strings'
import { MacroMenu } from '@/features/macros/agent/macro-menu'
import { Suggestions } from '@/features/macros/agent/suggestions'

import { RunInspector } from '@/features/ai/run-inspector'
import { AiMenu } from '@/features/copilot/ai-menu'
import { useInsertions } from '@/features/copilot/insertion'
import { activityQuery } from '@/features/tickets/agent/activity'
import { useTicketActions, type TicketActions } from '@/features/tickets/agent/actions'
import { Composer, type ComposerHandle, type SuggestionsProps } from '@/features/tickets/agent/composer'
import { SnoozePicker } from '@/features/tickets/agent/pickers'
import { PresenceLine, usePresence } from '@/features/tickets/agent/presence'
import { agentTicketQueries, useLiveTicket, type AgentTicket } from '@/features/tickets/agent/queries'
import { strings } from '@/features/tickets/agent/strings'
import { Thread } from '@/features/tickets/agent/thread'
import { useReply } from '@/features/tickets/agent/use-reply'
import { MergeDialog } from '@/features/tickets/combine/merge-dialog'
import { LinkDialog } from '@/features/tickets/combine/relations'
import { SplitDialog } from '@/features/tickets/combine/split-dialog'
import { strings as combineStrings } from '@/features/tickets/combine/strings'
import { StatusPill } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { useUploads } from '@/ui/files'
import { useStrings } from '@/ui/locale'
import { Menu } from '@/ui/menu'
import { usePageTitle } from '@/ui/page'
import { useCommands } from '@/ui/shortcuts'
import { toastError } from '@/ui/toast'

import { Mails, useDeliveries } from './mails'
import { useRemembered } from './use-remembered'

interface TicketPaneProps {
  ticketId: string
  onBack?: () => void
  onDetails: () => void
  areDetailsOpen: boolean
}

/** A ticket as an agent works on it: header, conversation, composer. */
export function TicketPane({ ticketId, onBack, onDetails, areDetailsOpen }: TicketPaneProps) {
  const { data: thread } = useSuspenseQuery(agentTicketQueries.thread(ticketId))
  useLiveTicket(ticketId)
  const { ticket } = thread
  const [areEventsShown, showEvents] = useRemembered('deskwell.events', true)
  const { data: events } = useQuery({ ...activityQuery(ticketId), enabled: areEventsShown })
  const actions = useTicketActions(ticket)
  const reply = useReply(thread)
  const deliveryOf = useDeliveries(ticketId)
  const here = usePresence(ticketId, reply.text !== '')
  const composer = useRef<ComposerHandle>(null)
  const files = useUploads<{ file: { id: string } }>()
  const { setMode } = reply
  useInsertions(
    useCallback(
      (text: string) => {
        setMode('reply')
        composer.current?.insert(text)
      },
      [setMode],
    ),
  )
  const [runId, explain] = useState<string | null>(null)
  const client = useQueryClient()
  const forTicket = useCallback((props: SuggestionsProps) => <Suggestions ticketId={ticketId} {...props} />, [ticketId])
  const [splitFrom, setSplitFrom] = useState<string>()
  const navigate = useNavigate()
  const goTo = (id: string): void => void navigate(`/app/tickets/${id}`)
  const isUploading = files.uploads.some((item) => item.state === 'sending')
  usePageTitle(`#${ticket.number} ${ticket.subject}`)
  return (
    <div className="flex h-full min-w-0 flex-col bg-canvas">
      <Header
        ticket={ticket}
        areEventsShown={areEventsShown}
        onEvents={() => showEvents(!areEventsShown)}
        actions={actions} onBack={onBack} onDetails={onDetails} areDetailsOpen={areDetailsOpen}>
        <PresenceLine here={here} />
      </Header>
      <Thread
        key={ticketId}
        thread={thread}
        {...(areEventsShown && events && { events })}
        onSplit={setSplitFrom}
        footerOf={(message) => (
          <>
            <MessageFiles ticketId={ticketId} messageId={message.id} />
            {deliveryOf(message)}
          </>
        )}
        onWhy={explain}
        onQuote={(text) => {
          reply.setMode('reply')
          composer.current?.insert(`${text.split('\n').map((line) => `> ${line}`).join('\n')}\n`)
        }}
      />
      <Composer
        ref={composer}
        customerName={ticket.customer_name}
        text={reply.text}
        onText={reply.setText}
        mode={reply.mode}
        onMode={reply.setMode}
        answeredBy={reply.answeredBy}
        isSending={reply.isSending || isUploading}
        onSend={({ close }) => {
          const fileIds = files.uploads.flatMap((item) => (item.result ? [item.result.file.id] : []))
          reply.send({ close, fileIds }, files.clear)
        }}
        suggestions={forTicket}
        uploads={files.uploads}
        onFiles={(added) => files.add(added).forEach((item) => item.state === 'waiting' && void files.send(item, '/files'))}
        onRemoveUpload={files.remove}
        tools={
          <>
            <AiMenu ticketId={ticketId} text={reply.text} onText={reply.setText} />
            <ArticlePicker
              context={ticket.context}
              subject={ticket.subject}
              onInsert={(text) => composer.current?.insert(text)}
            />
            <MacroMenu
              ticketId={ticketId}
              onDone={() => void client.invalidateQueries({ queryKey: agentTicketQueries.thread(ticketId).queryKey })}
            />
          </>
        }
      />
      <SplitDialog thread={thread} messageId={splitFrom} onClose={() => setSplitFrom(undefined)} onSplit={goTo} />
      <RunInspector runId={runId} onClose={() => explain(null)} />
    </div>
  )
}

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

function Header({ ticket, actions, onBack, onDetails, areDetailsOpen, areEventsShown, onEvents, children }: HeaderProps) {
  const say = useStrings(strings)
  const combine = useStrings(combineStrings)
  const knowledge = useStrings(knowledgeStrings)
  const navigate = useNavigate()
  const makeArticle = (): void => {
    articleFromTicket(ticket.id).then(
      (article) => void navigate(`/app/knowledge/articles/${article.id}`),
      (error: unknown) => toastError(error),
    )
  }
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
    { id: 'ticket.merge', label: combine.merge, keys: 'shift+m', group: say.actionsGroup, run: () => setMerging(true) },
    { id: 'ticket.link', label: combine.link, group: say.actionsGroup, run: () => setLinking(true) },
    !isClosed && { id: 'ticket.giveToAi', label: say.giveToAi, group: say.actionsGroup, run: actions.giveToAi },
    ...(['urgent', 'high', 'medium', 'low'] as const).map((priority, index) => ({
      id: `ticket.priority.${priority}`,
      label: `${say.priority}: ${say[priority]}`,
      keys: `p ${index + 1}`,
      group: say.actionsGroup,
      run: () => actions.setPriority(priority),
    })),
  ])
  return (
    <header className="flex min-h-14 shrink-0 items-center gap-2 border-b border-line bg-surface px-3 py-2 sm:px-4">
      {onBack && <IconButton label={say.back} icon={<ArrowLeft />} onClick={onBack} />}
      <div className="min-w-0 flex-1">
        <Heading className="truncate text-md font-semibold tracking-tight" title={ticket.subject}>
          {ticket.subject}
        </Heading>
        <div className="flex items-center gap-2 overflow-hidden text-xs text-muted">
          <span className="tabular-nums">#{ticket.number}</span>
          {ticket.status === 'human_assigned' && !ticket.assigned_to && !ticket.snoozed_until ? (
            <StatusPill status="waiting" label={say.waitingForPerson} />
          ) : (
            <StatusPill status={ticket.snoozed_until ? 'snoozed' : ticket.status} />
          )}
          {children ?? <span className="truncate">{ticket.context}</span>}
        </div>
      </div>
      <Mails ticket={ticket} />
      <SnoozePicker ticket={ticket} actions={actions} trigger={<IconButton label={say.snooze} icon={<Moon />} />} />
      {isClosed ? (
        <Button size="sm" icon={<RotateCcw />} onClick={actions.reopen}>
          <span className="max-sm:sr-only">{say.reopen}</span>
        </Button>
      ) : (
        <Button size="sm" icon={<Check />} onClick={actions.close}>
          <span className="max-sm:sr-only">{say.close}</span>
        </Button>
      )}
      <Menu
        trigger={<IconButton label={say.more} icon={<Ellipsis />} />}
        items={[
          { label: say.assignToMe, icon: <Hand />, keys: 'i', onSelect: actions.assignToMe },
          { label: combine.merge, icon: <Combine />, onSelect: () => setMerging(true) },
          { label: combine.link, icon: <Waypoints />, onSelect: () => setLinking(true) },
          { label: knowledge.makeArticle, icon: <BookPlus />, onSelect: makeArticle },
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
      <MergeDialog ticket={ticket} isOpen={isMerging} onOpenChange={setMerging} onMerged={(id) => void navigate(`/app/tickets/${id}`)} />
      <LinkDialog ticket={ticket} isOpen={isLinking} onOpenChange={setLinking} />
    </header>
  )
}
