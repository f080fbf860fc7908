import { ArrowDown } from 'lucide-react'
import { memo, useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type ReactNode } from 'react'

import { useLive } from '@/api/live'
import { useUser } from '@/features/accounts/session'
import { Button } from '@/ui/button'
import { useStrings } from '@/ui/locale'

import { ActivityRow, type ActivityLine } from './activity'
import { Message } from './message'
import type { AgentMessage, AgentThread } from './queries'
import { strings } from './strings'

interface ThreadProps {
  thread: AgentThread
  onQuote: (text: string) => void
  onSplit?: (messageId: string) => void
  onWhy?: (runId: string) => void
  /** Changes between the messages; leave out to hide them. */
  events?: ActivityLine[]
  /** Stays the same function while nothing in it changes, else every message is drawn anew. */
  footerOf?: (message: AgentMessage) => ReactNode
}

const NONE: ActivityLine[] = []
const NEAR_END = 160
const FIRST_SHOWN = 80

/** The conversation, newest at the end and in view; long ones start with their newest part. */
export const Thread = memo(function Thread({ thread, onQuote, onSplit, onWhy, footerOf, events = NONE }: ThreadProps) {
  const say = useStrings(strings)
  const user = useUser()
  const box = useRef<HTMLDivElement>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  const [shown, setShown] = useState(FIRST_SHOWN)
  const count = thread.messages.length
  const hidden = Math.max(0, count - shown)

  const toEnd = (): void => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight
  }
  const follow = useEffectEvent(() => {
    if (isAtEnd) toEnd()
  })
  // A new message moves the view, and only for who was at the end; so does a composer that grows.
  useLayoutEffect(() => follow(), [count])
  useEffect(() => {
    if (!box.current || !('ResizeObserver' in window)) return
    const observer = new ResizeObserver(() => follow())
    observer.observe(box.current)
    // What arrives later than the messages: changes, pictures, what became of a mail.
    if (box.current.firstElementChild) observer.observe(box.current.firstElementChild)
    return () => observer.disconnect()
  }, [])

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        onScroll={({ currentTarget: at }) => setAtEnd(at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END)}
        className="h-full overflow-y-auto overscroll-contain px-4 py-5 sm:px-6"
        // A scrolling area must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="log"
        data-ticket={thread.ticket.id}
        aria-label={say.thread}
      >
        <div className="mx-auto flex max-w-4xl flex-col gap-5">
          {hidden > 0 && (
            <Button variant="ghost" size="sm" className="self-center" onClick={() => setShown(shown + 200)}>
              + {hidden}
            </Button>
          )}
          {interleaved(thread.messages.slice(hidden), events).map((entry) =>
            'kind' in entry ? (
              <ActivityRow key={`event-${entry.id}`} line={entry} />
            ) : (
              <Message
                key={entry.id}
                message={entry}
                isMine={entry.author_id === user.id}
                onQuote={onQuote}
                {...(onSplit && entry.position > 1 && { onSplit })}
                {...(onWhy && { onWhy })}
                {...(footerOf && { footerOf })}
              />
            ),
          )}
          <AiProgress ticketId={thread.ticket.id} />
        </div>
      </div>
      {!isAtEnd && (
        <Button size="sm" className="floating absolute bottom-3 left-1/2 -translate-x-1/2" icon={<ArrowDown />} onClick={toEnd}>
          {say.newMessages}
        </Button>
      )}
    </div>
  )
})

/** What the AI is doing right now, in words. */
function AiProgress({ ticketId }: { ticketId: string }) {
  const say = useStrings(strings)
  const [phase, setPhase] = useState<string | null>(null)
  useLive((event) => {
    if (event.ticket_id !== ticketId) return
    if (event.kind === 'turn.progress') {
      const title = typeof event.title === 'string' ? event.title : ''
      const words: Record<string, string> = { searching: say.searching, reading: say.reading(title), checking: say.checking }
      setPhase(words[String(event.phase)] ?? say.aiAtWork)
    }
    if (event.kind === 'turn.settled' || event.kind === 'message.added') setPhase(null)
  })
  if (!phase) return null
  return (
    <p role="status" className="flex items-center justify-end gap-2 text-sm text-violet">
      <span className="size-1.5 animate-pulse rounded-full bg-violet" aria-hidden /> {phase}…
    </p>
  )
}

/** Messages and changes in the order of time; changes older than the first shown message stay out. */
function interleaved(messages: AgentMessage[], events: ActivityLine[]): (AgentMessage | ActivityLine)[] {
  const from = messages[0]?.created_at ?? ''
  const lines = events.filter((line) => line.at >= from)
  const result: (AgentMessage | ActivityLine)[] = []
  let next = 0
  for (const message of messages) {
    while (next < lines.length && (lines[next] as ActivityLine).at < message.created_at) result.push(lines[next++] as ActivityLine)
    result.push(message)
  }
  return [...result, ...lines.slice(next)]
}
