import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CheckCircle2, RotateCcw, SearchX, UserRound } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'

import { useLiveQueries } from '@/api/live'
import { ConfirmAddress } from '@/features/accounts/confirm-address'
import {
  isMissing,
  portalQueries,
  sendReply,
  useCloseTicket,
  useReopenTicket,
  type Thread,
} from '@/features/portal/api'
import { useBrandOf } from '@/features/portal/brand'
import { Conversation } from '@/features/portal/conversation'
import { HandOverCard } from '@/features/portal/hand-over'
import { TurnProgress, useTurn } from '@/features/portal/progress'
import { ReplyBox } from '@/features/portal/reply-box'
import { TicketStatusPill } from '@/features/portal/status'
import { strings } from '@/features/portal/strings'
import { Banner } from '@/ui/banner'
import { Button } from '@/ui/button'
import { useUploads, type Upload } from '@/ui/files'
import { useStrings } from '@/ui/locale'
import { PageHeader } from '@/ui/page'
import { RelativeTime } from '@/ui/relative-time'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { toast, toastError } from '@/ui/toast'

// The fields of an owner's own bring every kind of input with them; most tickets have none.
const CustomerFields = lazy(async () => ({ default: (await import('@/features/fields/ticket-fields')).CustomerFields }))
const TalkToPerson = lazy(() => import('@/features/portal/talk-to-person'))

export default function TicketPage() {
  const { ticketId = '' } = useParams()
  const say = useStrings(strings)
  const { data: thread, error, refetch } = useQuery(portalQueries.thread(ticketId))
  useLiveQueries(
    portalQueries.ticket(ticketId),
    (event) => event.ticket_id === ticketId && event.kind !== 'turn.progress',
  )
  if (thread) return <TicketView key={ticketId} thread={thread} />
  if (!error) return <SkeletonRows rows={5} />
  if (!isMissing(error)) return <ErrorState isPage error={error} onRetry={() => void refetch()} />
  return (
    <>
      <ConfirmAddress />
      <EmptyState
        isPage
        icon={<SearchX />}
        title={say.missing}
        action={
          <Button asChild>
            <Link to="/portal">{say.back}</Link>
          </Button>
        }
      >
        {say.missingHint}
      </EmptyState>
    </>
  )
}

function TicketView({ thread }: { thread: Thread }) {
  const say = useStrings(strings)
  const { ticket } = thread
  useBrandOf(ticket.context)
  const { turn, send, files, retryFile } = useReply(thread)
  // While an answer is awaited, also ask: the live stream may be down.
  useQuery({ ...portalQueries.thread(ticket.id), refetchInterval: turn ? 4000 : false })
  const { data: attached } = useQuery(portalQueries.attachments(ticket.id))
  const count = thread.messages.length
  const isPending = send.isPending
  useFollow(`${count}${isPending}${turn?.phase.name}`)
  return (
    <div className="-mb-7 flex min-h-[calc(100dvh-5.25rem)] flex-col">
      <Head thread={thread} />
      <div className="flex-1 space-y-5">
        {ticket.merged_into_id && (
          <Banner
            action={
              <Link to={`/portal/tickets/${ticket.merged_into_id}`} className="link">
                {say.openOther}
              </Link>
            }
          >
            {say.merged}
          </Banner>
        )}
        <Conversation thread={thread} attachments={attached?.attachments ?? []} sending={send.variables?.text}>
          {turn && <TurnProgress turn={turn} />}
        </Conversation>
        <div aria-live="polite">
          {ticket.status === 'human_assigned' && ticket.waiting_for === 'agent' && <HandOverCard ticket={ticket} />}
        </div>
        {ticket.status === 'closed' && (
          <Banner tone="success" title={say.solvedTitle}>
            {say.solvedHint}
          </Banner>
        )}
      </div>
      <div className="h-5" />
      <div className="sticky bottom-0 -mx-4 bg-canvas px-4 pb-4 sm:-mx-6 sm:px-6">
        <ReplyBox
          ticketId={ticket.id}
          placeholder={ticket.status === 'closed' ? say.reopenPlaceholder : say.replyPlaceholder}
          isBusy={send.isPending && !turn}
          files={files}
          onRetryFile={retryFile}
          onSend={async (text, uploads) => {
            try {
              await send.mutateAsync({ text, uploads })
              return true
            } catch {
              return false
            }
          }}
        />
      </div>
    </div>
  )
}

function Head({ thread: { ticket } }: { thread: Thread }) {
  const say = useStrings(strings)
  const [asks, ask] = useState(false)
  const close = useCloseTicket(ticket.id)
  const reopen = useReopenTicket(ticket.id)
  const actions = useRef<HTMLSpanElement>(null)
  const wasPressed = useRef(false)
  // The button that was pressed is another one now: whoever uses the keyboard stays where they were.
  useEffect(() => {
    if (!wasPressed.current) return
    wasPressed.current = false
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) actions.current?.querySelector('button')?.focus()
    }, 200)
    return () => clearTimeout(timer)
  }, [ticket.status])
  const run = (action: typeof close, done: string): void => {
    wasPressed.current = true

    action.mutate(undefined, { onSuccess: () => toast(done), onError: (problem) => toastError(problem) })
  }
  return (
    <>
      <PageHeader
        title={ticket.subject}
        back={{ to: '/portal', label: say.back }}
        meta={
          <>
            <TicketStatusPill ticket={ticket} />
            <span className="tabular">{say.number(ticket.number)}</span>
            <span>{ticket.context}</span>
            <span>
              {say.opened} <RelativeTime at={ticket.created_at} />
            </span>
            {ticket.follows_id && (
              <Link to={`/portal/tickets/${ticket.follows_id}`} className="link">
                {say.follows}
              </Link>
            )}
          </>
        }
        actions={
          <span ref={actions} className="contents">
          {ticket.status === 'closed' ? (
            <Button icon={<RotateCcw />} isBusy={reopen.isPending} onClick={() => run(reopen, say.reopened)}>
              {say.reopen}
            </Button>
          ) : (
            <>
              {ticket.status === 'open' && (
                <Button icon={<UserRound />} onClick={() => ask(true)}>
                  {say.talkToPerson}
                </Button>
              )}
              <Button icon={<CheckCircle2 />} isBusy={close.isPending} onClick={() => run(close, say.markedSolved)}>
                {say.markSolved}
              </Button>
            </>
          )}
          </span>
        }
      />
      {Object.keys(ticket.custom_fields ?? {}).length > 0 && (
        <Suspense>
          <CustomerFields context={ticket.context} values={ticket.custom_fields ?? {}} />
        </Suspense>
      )}
      <Suspense>{asks && <TalkToPerson ticketId={ticket.id} onAsk={() => (wasPressed.current = true)} onClose={() => ask(false)} />}</Suspense>
    </>
  )
}

function useReply(thread: Thread) {
  const say = useStrings(strings)
  const { ticket } = thread
  const client = useQueryClient()
  const navigate = useNavigate()
  const { turn, noteSent, noteAnswer, forget } = useTurn(ticket.id, thread)
  const files = useUploads()
  const target = useRef<{ path: string; fields?: Record<string, string> }>(undefined)
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: portalQueries.all })

  const sendFile = async (item: Upload): Promise<void> => {
    if (!target.current) return
    const sent = await files.send(item, target.current.path, target.current.fields)
    if (sent) files.remove(item.key)
    await refresh()
  }
  const send = useMutation({
    mutationFn: async ({ text, uploads }: { text: string; uploads: Upload[] }) => {
      if (ticket.status !== 'human_assigned') noteSent()
      const answer = await sendReply(ticket.id, text, `${Date.now()}-${Math.random()}`)
      const fields = answer.message_id && { message_id: answer.message_id }
      target.current = { path: `/ticket/${answer.ticket_id}/attachments`, ...(fields && { fields }) }
      void Promise.all(uploads.map(sendFile))
      return answer
    },
    onSuccess: async (answer) => {
      if (answer.ticket_id !== ticket.id) void navigate(`/portal/tickets/${answer.ticket_id}`)
      await refresh()
      noteAnswer(answer)
    },
    onError: (problem) => {
      forget()
      toastError(problem, say.notSent)
    },
  })
  const retryFile = (key: string): void => {
    const item = files.uploads.find((each) => each.key === key)
    if (item) void sendFile(item)
  }
  return { turn, send, files, retryFile }
}

/** Keeps the end of the conversation in view when something is added to it. */
function useFollow(change: string): void {
  const first = useRef(true)
  useEffect(() => {
    const top = document.documentElement.scrollHeight
    window.scrollTo({ top, behavior: first.current ? 'instant' : 'smooth' })
    first.current = false
  }, [change])
}
