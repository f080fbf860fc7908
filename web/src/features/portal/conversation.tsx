import { BookOpen } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import { Avatar } from '@/ui/avatar'
import { cx } from '@/ui/class-names'
import { AttachmentList } from '@/ui/files'
import { useStrings } from '@/ui/locale'
import { Markdown } from '@/ui/markdown'
import { RelativeTime } from '@/ui/relative-time'
import { Stars } from '@/ui/stars'
import { toastError } from '@/ui/toast'
import { Tooltip } from '@/ui/tooltip'

import { useRate, type Attachment, type Citation, type Message, type Thread } from './api'
import { strings } from './strings'

interface ConversationProps {
  thread: Thread
  attachments: Attachment[]
  /** A message on its way, shown as if it were there. */
  sending?: string | undefined
  children?: ReactNode
}

/** The messages as the customer sees them; `children` stand below the last one. */
export function Conversation({ thread, attachments, sending, children }: ConversationProps) {
  const say = useStrings(strings)
  const [known] = useState(() => new Set(thread.messages.map((message) => message.id)))
  const hasArrived = thread.messages.some((message) => message.sender === 'customer' && message.message === sending)
  return (
    <>
      <Announcement thread={thread} known={known} />
      <ol className="space-y-5" aria-label={say.conversation}>
      {thread.messages.map((message) => (
        <Entry
          key={message.id}
          message={message}
          attachments={attachments.filter((file) => file.message_id === message.id)}
          isNew={!known.has(message.id)}
        />
      ))}
      {sending && !hasArrived && (
        <Bubble side="right" name={say.you} note={say.sending} className="animate-rise bg-raised opacity-70">
          <p className="whitespace-pre-wrap">{sending}</p>
        </Bubble>
      )}
      {children}
      </ol>
    </>
  )
}

/** Reads out what others have written since the page was opened. */
function Announcement({ thread, known }: { thread: Thread; known: ReadonlySet<string> }) {
  const say = useStrings(strings)
  const last = thread.messages.findLast(({ id, sender }) => !known.has(id) && (sender === 'ai' || sender === 'admin'))
  const name = last && (last.sender === 'ai' ? say.ai : (last.author_name ?? say.team))
  return (
    <p role="status" className="sr-only">
      {last && say.wrote(name ?? say.team, last.message.replaceAll(/[*_#`>]|\[\d+\]/g, ''))}
    </p>
  )
}

interface EntryProps {
  message: Message
  attachments: Attachment[]
  isNew: boolean
}

function Entry({ message, attachments, isNew }: EntryProps) {
  const say = useStrings(strings)
  const time = <RelativeTime at={message.created_at} />
  if (message.sender === 'system') {
    return (
      <li className="flex items-center gap-3 text-center text-sm text-muted">
        <span className="h-px flex-1 bg-line" aria-hidden />
        <span className="max-w-[75%]">
          {inSecondPerson(message.message, say)} · {time}
        </span>
        <span className="h-px flex-1 bg-line" aria-hidden />
      </li>
    )
  }
  if (message.sender === 'customer') {
    return (
      <Bubble side="right" name={say.you} note={time} className={cx('bg-raised', isNew && 'animate-rise')}>
        <Markdown text={message.message} />
        {attachments.length > 0 && (
          <div className="mt-3">
            <AttachmentList attachments={attachments} />
          </div>
        )}
      </Bubble>
    )
  }
  if (message.sender === 'ai') {
    return (
      <Bubble
        side="left"
        name={say.ai}
        note={time}
        hint={say.aiHint}
        avatar={<Avatar name={say.ai} isAi />}
        className="bg-said-ai"
        foot={message.action === 'handed_over' ? null : <Rating message={message} />}
      >
        <div className={isNew ? 'animate-reveal' : undefined}>
          <Markdown
            text={message.message}
            citation={(number) => <Mark number={number} citation={message.citations?.[number - 1]} />}
          />
          <Citations citations={message.citations ?? []} />
        </div>
      </Bubble>
    )
  }
  const name = message.author_name ?? say.team
  return (
    <Bubble
      side="left"
      name={name}
      note={time}
      avatar={<Avatar name={name} />}
      className={cx('bg-said-agent', isNew && 'animate-rise')}
    >
      <Markdown text={message.message} />
      {attachments.length > 0 && (
        <div className="mt-3">
          <AttachmentList attachments={attachments} />
        </div>
      )}
    </Bubble>
  )
}

/** The log speaks of "the customer"; here they read it themselves. */
function inSecondPerson(text: string, say: (typeof strings)['en']): string {
  const asked = /^The customer asked for a person(?:\.|: (.*))$/s.exec(text)
  return asked ? say.youAsked(asked[1] ?? '') : text
}

interface BubbleProps {
  side: 'left' | 'right'
  name: string
  note: ReactNode
  hint?: string
  avatar?: ReactNode
  foot?: ReactNode
  className?: string
  children: ReactNode
}

function Bubble({ side, name, note, hint, avatar, foot, className, children }: BubbleProps) {
  return (
    <li className={cx('flex gap-3', side === 'right' && 'justify-end')}>
      {avatar}
      <div className={cx('flex max-w-[min(36rem,88%)] min-w-0 flex-col gap-1', side === 'right' && 'items-end')}>
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm text-muted">
          <span className="font-medium text-ink">{name}</span>
          <span className="text-xs">{note}</span>
          {hint && <span className="text-xs">{hint}</span>}
        </p>
        <div
          className={cx(
            'max-w-full rounded-lg px-4 py-3 text-md',
            side === 'right' ? 'lit rounded-tr-xs border border-line' : 'rounded-tl-xs',
            className,
          )}
        >
          {children}
        </div>
        {foot}
      </div>
    </li>
  )
}

function Mark({ number, citation }: { number: number; citation: Citation | undefined }) {
  const say = useStrings(strings)
  if (!citation) return `[${number}]`
  const looks = 'mx-0.5 rounded-xs bg-violet-soft px-1 text-xs font-medium text-violet'
  const label = citation.title ?? say.source(number)
  return (
    <Tooltip label={label}>
      {urlOf(citation) ? (
        <a href={urlOf(citation)} target="_blank" rel="noreferrer" className={looks} aria-label={label}>
          {number}
        </a>
      ) : (
        <span className={looks}>{number}</span>
      )}
    </Tooltip>
  )
}

function urlOf({ url, article_id }: Citation): string | undefined {
  return url ?? (article_id ? `/help/a/${article_id}` : undefined)
}

/** The articles an answer stands on, each once. */
function Citations({ citations }: { citations: Citation[] }) {
  const say = useStrings(strings)
  const articles = [...new Map(citations.map((each) => [each.article_id ?? each.title, each])).values()]
  if (articles.length === 0) return null
  return (
    <div className="mt-3 border-t border-line pt-2.5">
      <p className="mb-1 text-xs font-medium text-muted">{say.sources}</p>
      <ul className="space-y-1 text-sm">
        {articles.map((each) => (
          <li key={each.article_id ?? each.title} className="flex items-center gap-2">
            <BookOpen className="size-3.5 shrink-0 text-violet" aria-hidden />
            {urlOf(each) ? (
              <a href={urlOf(each)} target="_blank" rel="noreferrer" className="link min-w-0 truncate">
                {each.title ?? say.article}
              </a>
            ) : (
              <span className="truncate">{each.title ?? say.article}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Rating({ message }: { message: Message }) {
  const say = useStrings(strings)
  const rate = useRate(message.ticket_id)
  return (
    <div className="flex min-h-7 items-center gap-2 text-sm text-muted">
      <span>{message.user_rating ? say.thanks : say.helpful}</span>
      <Stars
        label={say.helpful}
        value={message.user_rating}
        onRate={(rating) =>
          rate.mutate({ message_id: message.id, rating }, { onError: (problem) => toastError(problem) })
        }
      />
    </div>
  )
}
