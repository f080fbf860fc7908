import { useEffect, useState } from 'react'

import { useLive } from '@/api/live'
import { Avatar } from '@/ui/avatar'
import { useStrings } from '@/ui/locale'
import { useNow } from '@/ui/relative-time'

import type { Answer, Thread } from './api'
import { strings } from './strings'

const PHASES = ['searching', 'reading', 'checking'] as const

interface Phase {
  name: 'waiting' | (typeof PHASES)[number]
  title?: string | undefined
}

export interface Turn {
  /** Until when the AI is held back by its limit, in ms. */
  limitedUntil: number | null
  phase: Phase
  since: number
  /** The last message when the turn began; an answer stands behind it. */
  after: number
}

/** How long after a message without an answer the page still says that one is being written. */
const PATIENCE = 90_000

/**
 * What the AI is doing with the customer's last message: null when nothing is expected of it.
 * `noteSent` and `noteAnswer` tell it of a message and of what the server said became of it.
 */
export function useTurn(ticketId: string, thread: Thread) {
  const now = useNow()
  const [known, setKnown] = useState<Turn | null>(null)
  const said = thread.messages.filter((message) => message.sender !== 'system')
  const last = said.at(-1)
  const after = last?.position ?? 0
  const begin = (change: Partial<Turn> = {}): void =>
    setKnown((turn) => ({
      limitedUntil: null,
      since: turn?.since ?? Date.now(),
      phase: { name: 'waiting' },
      after: turn?.after ?? after,
      ...change,
    }))
  useLive((event) => {
    if (event.ticket_id !== ticketId) return
    if (event.kind === 'turn.progress') begin({ phase: phaseOf(event) })
    if (event.kind === 'turn.settled' && event.state !== 'limited') setKnown(null)
  })
  const isAnswered = known !== null && last !== undefined && last.sender !== 'customer' && last.position > known.after
  // Also after a reload: a fresh message of the customer on an open ticket is being answered.
  const age = last?.sender === 'customer' ? now - new Date(last.created_at).getTime() : PATIENCE
  const inferred: Turn = { limitedUntil: null, since: now - age, phase: { name: 'waiting' }, after }
  const isExpected = thread.ticket.status === 'open' && age < PATIENCE
  return {
    turn: known && !isAnswered ? known : isExpected ? inferred : null,
    noteSent: () => setKnown({ limitedUntil: null, since: Date.now(), phase: { name: 'waiting' }, after }),
    noteAnswer: (answer: Answer) => {
      if (answer.rate_limited) begin({ limitedUntil: Date.now() + (answer.wait_seconds ?? 0) * 1000 })
      else if (answer.action !== 'pending') setKnown(null)
    },
    forget: () => setKnown(null),
  }
}

function phaseOf(event: Record<string, unknown>): Phase {
  const name = PHASES.find((phase) => phase === event.phase) ?? 'waiting'
  const title = Array.isArray(event.articles) && event.articles.length > 0 ? String(event.articles[0]) : undefined
  return name === 'reading' && !title ? { name: 'searching' } : { name, title }
}

/** A bubble that says what is being done, before there is an answer. */
export function TurnProgress({ turn }: { turn: Turn }) {
  const say = useStrings(strings)
  const now = useSeconds()
  const left = turn.limitedUntil ? Math.ceil((turn.limitedUntil - now) / 1000) : 0
  const isLong = now - turn.since > 12_000 && left <= 0
  const { name, title } = turn.phase
  const step = PHASES.findIndex((phase) => phase === name) + 1
  return (
    <li className="flex animate-rise gap-3" aria-live="polite">
      <Avatar name={say.ai} isAi />
      <div className="min-w-0 rounded-lg rounded-tl-xs bg-said-ai px-4 py-3 text-md">
        <p className="text-violet">
          {left > 0 ? say.limited(left) : name === 'reading' ? say.progress.reading(title ?? '') : say.progress[name]}
        </p>
        {left <= 0 && (
          <div className="mt-2.5 flex gap-1" aria-hidden>
            {[1, 2, 3].map((part) => (
              <span
                key={part}
                className={`h-1 w-12 rounded-full transition-colors ${part < step ? 'bg-violet' : part === Math.max(step, 1) ? 'animate-pulse bg-violet' : 'bg-violet-soft'}`}
              />
            ))}
          </div>
        )}
        {isLong && <p className="mt-2 text-sm text-muted">{say.stillWorking}</p>}
      </div>
    </li>
  )
}

function useSeconds(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
