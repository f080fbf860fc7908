import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { BookOpen } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'

import { AiMenu } from '@/features/copilot/ai-menu'
import { useInsertions } from '@/features/copilot/insertion'
import { DeliveryBadge } from '@/features/email/delivery-badge'
import { MessageFiles, useTicketFiles } from '@/features/files/attachments'
import { MacroMenu } from '@/features/macros/agent/macro-menu'
import { activityQuery } from '@/features/tickets/agent/activity'
import { useTicketActions } from '@/features/tickets/agent/actions'
import { Composer, type ComposerHandle, type SuggestionsProps } from '@/features/tickets/compose/composer'
import { PresenceLine, usePresence } from '@/features/tickets/agent/presence'
import { agentTicketQueries, useLiveTicket, type AgentMessage, type AgentThread } from '@/features/tickets/agent/queries'
import { strings } from '@/features/tickets/agent/strings'
import { Thread } from '@/features/tickets/agent/thread'
import { useReply } from '@/features/tickets/compose/use-reply'
import { IconButton } from '@/ui/button'
import { useUploads } from '@/ui/files'
import { useStrings } from '@/ui/locale'
import { usePageTitle } from '@/ui/page'
import { Popover } from '@/ui/popover'
import { useArrived } from '@/ui/shortcuts'

import { useDeliveries } from './mails'
import { TicketHeader } from './ticket-header'
import { useRemembered } from '@/ui/remembered'

// What most tickets are answered without.
const ArticlePicker = lazy(async () => ({ default: (await import('@/features/knowledge/article-picker')).ArticlePicker }))
const RunInspector = lazy(async () => ({ default: (await import('@/features/ai/run-inspector')).RunInspector }))
const SplitDialog = lazy(async () => ({ default: (await import('@/features/tickets/combine/split-dialog')).SplitDialog }))
const Suggestions = lazy(async () => ({ default: (await import('@/features/macros/agent/suggestions')).Suggestions }))

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
  const [isTyping, setTyping] = useState(false)
  const here = usePresence(ticketId, isTyping)
  const footerOf = useFooters(ticketId)
  const composer = useRef<ComposerHandle>(null)
  const insert = useCallback((text: string) => composer.current?.insert(text, 'reply'), [])
  const quote = useCallback((text: string) => insert(`${text.split('\n').map((line) => `> ${line}`).join('\n')}\n`), [insert])
  useInsertions(insert)
  const [runId, explain] = useState<string | null>(null)
  const [splitFrom, setSplitFrom] = useState<string>()
  const navigate = useNavigate()
  usePageTitle(`#${ticket.number} ${ticket.subject}`)
  useArrived(ticketId)
  return (
    <div className="flex h-full min-w-0 flex-col bg-canvas">
      <TicketHeader
        ticket={ticket}
        areEventsShown={areEventsShown}
        onEvents={() => showEvents(!areEventsShown)}
        actions={actions}
        onBack={onBack}
        onDetails={onDetails}
        areDetailsOpen={areDetailsOpen}
      >
        {here.length > 0 && <PresenceLine here={here} />}
      </TicketHeader>
      <Thread
        key={ticketId}
        thread={thread}
        {...(areEventsShown && events && { events })}
        onSplit={setSplitFrom}
        footerOf={footerOf}
        onWhy={explain}
        onQuote={quote}
      />
      <TicketComposer ref={composer} thread={thread} onTyping={setTyping} />
      <Suspense>
        {splitFrom && (
          <SplitDialog
            thread={thread}
            messageId={splitFrom}
            onClose={() => setSplitFrom(undefined)}
            onSplit={(id) => void navigate(`/app/tickets/${id}`)}
          />
        )}
        {runId && <RunInspector runId={runId} onClose={() => explain(null)} />}
      </Suspense>
    </div>
  )
}

/** What stands below a message: its files, and what became of its mail. One function while neither changes. */
function useFooters(ticketId: string) {
  const files = useTicketFiles(ticketId)
  const deliveries = useDeliveries(ticketId)
  const byMessage = useMemo(() => Map.groupBy(files, (file) => file.message_id), [files])
  return useCallback(
    (message: AgentMessage) => {
      const own = byMessage.get(message.id)
      const email = message.sender === 'admin' || message.sender === 'ai' ? deliveries.get(message.id) : undefined
      return (
        <>
          {own && <MessageFiles files={own} />}
          {email && (
            <span className="mt-1 inline-flex">
              <DeliveryBadge email={email} />
            </span>
          )}
        </>
      )
    },
    [byMessage, deliveries],
  )
}

interface TicketComposerProps {
  ref: React.Ref<ComposerHandle>
  thread: AgentThread
  onTyping: (isTyping: boolean) => void
}

/** The composer with its draft and its tools. What is typed is drawn here and nowhere else. */
function TicketComposer({ ref, thread, onTyping }: TicketComposerProps) {
  const say = useStrings(strings)
  const { ticket } = thread
  const client = useQueryClient()
  const reply = useReply(thread)
  const files = useUploads<{ file: { id: string } }>()
  const [isPicking, pick] = useState(false)
  const isTyping = reply.text !== ''
  useEffect(() => onTyping(isTyping), [isTyping, onTyping])
  const handle = useRef<ComposerHandle>(null)
  useImperativeHandle(ref, () => ({
    open: (mode) => handle.current?.open(mode),
    insert: (text, mode) => handle.current?.insert(text, mode),
  }))
  const forTicket = useCallback((props: SuggestionsProps) => <Suggestions ticketId={ticket.id} {...props} />, [ticket.id])
  const isUploading = files.uploads.some((item) => item.state === 'sending')
  const refresh = (): void => void client.invalidateQueries({ queryKey: agentTicketQueries.thread(ticket.id).queryKey })
  return (
    <Composer
      ref={handle}
      ticketId={ticket.id}
      customerName={ticket.customer_name}
      text={reply.text}
      onText={reply.setText}
      onAppend={reply.append}
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
          <AiMenu ticketId={ticket.id} text={reply.text} onText={reply.setText} />
          <Popover
            label={say.insertArticle}
            isOpen={isPicking}
            onOpenChange={pick}
            side="top"
            className="w-96"
            trigger={<IconButton size="sm" label={say.insertArticle} icon={<BookOpen />} />}
          >
            <Suspense>
              {isPicking && (
                <ArticlePicker
                  context={ticket.context}
                  subject={ticket.subject}
                  onInsert={(text) => {
                    handle.current?.insert(text)
                    pick(false)
                  }}
                />
              )}
            </Suspense>
          </Popover>
          <MacroMenu ticketId={ticket.id} onDone={refresh} />
        </>
      }
    />
  )
}
