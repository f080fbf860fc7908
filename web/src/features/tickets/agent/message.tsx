import { Copy, Ellipsis, Lock, Quote, Scissors, Sparkles, TriangleAlert } from 'lucide-react'
import { memo, useState, type ReactNode } from 'react'

import { Avatar } from '@/ui/avatar'
import { Badge } from '@/ui/badge'
import { IconButton } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { useFormat, useStrings } from '@/ui/locale'
import { Markdown } from '@/ui/markdown'
import { Menu } from '@/ui/menu'
import { RelativeTime } from '@/ui/relative-time'
import { Stars } from '@/ui/stars'
import { toast } from '@/ui/toast'
import { Tooltip } from '@/ui/tooltip'

import type { AgentMessage } from './queries'
import { strings } from './strings'

export interface MessageProps {
  message: AgentMessage
  isMine: boolean
  /** Under the message: files, the state of its mail. */
  footerOf?: (message: AgentMessage) => ReactNode
  onQuote?: (text: string) => void
  onSplit?: (messageId: string) => void
  onWhy?: (runId: string) => void
}

const GROUND = {
  customer: 'bg-said-customer',
  admin: 'bg-said-agent',
  ai: 'bg-said-ai',
  note: 'bg-said-note',
} as const

/** One entry of the thread. Who speaks is told by side, ground, icon and name, never by colour alone. */
export const Message = memo(function Message(props: MessageProps) {
  const { message } = props
  if (message.sender === 'system') return <SystemLine message={message} />
  const kind = message.is_internal ? 'note' : (message.sender as 'customer' | 'admin' | 'ai')
  const isOurs = kind !== 'customer'
  return (
    <article
      aria-labelledby={`by-${message.id}`}
      data-kind={kind}
      className={cx('group flex gap-2.5', isOurs && 'flex-row-reverse')}
    >
      <Avatar name={message.author_name ?? '?'} isAi={kind === 'ai'} size="sm" className="mt-5.5" />
      <div className={cx('flex max-w-[min(42rem,88%)] min-w-0 flex-col', isOurs && 'items-end')}>
        <Byline {...props} kind={kind} />
        <div
          className={cx(
            'w-fit max-w-full rounded-lg px-3.5 py-2.5 text-base leading-relaxed',
            GROUND[kind],
            isOurs ? 'rounded-tr-xs' : 'rounded-tl-xs',
            kind === 'note' && 'border border-dashed border-amber/35',
          )}
        >
          <Body message={message} />
          {kind === 'ai' && <AiFoot {...props} />}
        </div>
        {!message.success && (
          <p className="mt-1 flex items-center gap-1 text-xs text-red">
            <TriangleAlert className="size-3.5" aria-hidden /> <NotDelivered />
          </p>
        )}
        {props.footerOf?.(message)}
      </div>
    </article>
  )
})

function NotDelivered() {
  return <>{useStrings(strings).notDelivered}</>
}

function Byline({ message, isMine, kind, onQuote, onSplit }: MessageProps & { kind: keyof typeof GROUND }) {
  const say = useStrings(strings)
  const name = kind === 'ai' ? say.ai : isMine ? say.you : (message.author_name ?? say.customer)
  return (
    <header className="mb-1 flex h-5 items-center gap-1.5 px-0.5 text-xs text-muted">
      <span id={`by-${message.id}`} className="font-medium text-ink">
        {name}
      </span>
      {kind === 'note' && (
        <Badge tone="amber" icon={<Lock />}>
          {say.internalNote}
        </Badge>
      )}
      {kind === 'ai' && <Sparkles className="size-3 text-violet" aria-hidden />}
      <RelativeTime at={message.created_at} isPlain className="text-faint" />
      <Menu
        trigger={
          <IconButton
            label={say.messageMenu}
            icon={<Ellipsis />}
            size="sm"
            className="opacity-0 transition-opacity group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100"
          />
        }
        items={[
          {
            label: say.copyText,
            icon: <Copy />,
            onSelect: () => void navigator.clipboard.writeText(message.message).then(() => toast(say.copied)),
          },
          onQuote && { label: say.quote, icon: <Quote />, onSelect: () => onQuote(message.message) },
          onSplit &&
            kind === 'customer' && { label: say.splitFrom, icon: <Scissors />, onSelect: () => onSplit(message.id) },
        ]}
      />
    </header>
  )
}

const QUOTED = /\n+(?=(?:On .{5,120} wrote:|Am .{5,120} schrieb.*:|Le .{5,120} a écrit :|-{2,} ?Original Message|_{8,}|>).*)/s

/** What was written; the quoted history of a mail is folded, never lost. */
function Body({ message }: { message: AgentMessage }) {
  const say = useStrings(strings)
  const [isOpen, setOpen] = useState(false)
  if (message.sender === 'ai' || (message.sender === 'admin' && !message.body_html)) {
    return <Markdown text={message.message} className="text-ink" />
  }
  const cut = message.source === 'email' ? message.message.search(QUOTED) : -1
  const text = cut > 0 && !isOpen ? message.message.slice(0, cut) : message.message
  return (
    <>
      <p className="break-words whitespace-pre-wrap">{text}</p>
      {cut > 0 && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="mt-1.5 rounded-xs bg-press px-1.5 text-xs text-muted hover:text-ink"
        >
          {isOpen ? say.hideQuoted : say.showQuoted}
        </button>
      )}
    </>
  )
}

/** Confidence, sources and stars of an AI answer, and the way to why it said so. */
function AiFoot({ message, onWhy }: MessageProps) {
  const say = useStrings(strings)
  const format = useFormat()
  const sources = message.citations ?? []
  const runId = message.run_id
  return (
    <footer className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line pt-2 text-xs text-muted">
      {typeof message.confidence === 'number' && (
        <Tooltip label={say.confidenceHint}>
          <span className="inline-flex items-center gap-1.5 tabular-nums">
            <span className="h-1.5 w-10 overflow-hidden rounded-full bg-press" aria-hidden>
              <span className="block h-full rounded-full bg-violet" style={{ width: `${message.confidence * 100}%` }} />
            </span>
            {say.confidence(format.percent(message.confidence))}
          </span>
        </Tooltip>
      )}
      {sources.map((source, index) => (
        <a
          key={source.passage_id ?? index}
          href={source.url ?? (source.article_id ? `/app/knowledge/${source.article_id}` : '#')}
          target={source.url ? '_blank' : undefined}
          rel="noreferrer"
          title={source.text ?? undefined}
          className="inline-flex max-w-64 items-center gap-1 rounded-xs bg-press px-1.5 py-0.5 text-muted hover:text-ink"
        >
          <span className="font-medium text-violet">{index + 1}</span>
          <span className="truncate">{source.title ?? say.sources}</span>
        </a>
      ))}
      {onWhy && runId && (
        <button type="button" onClick={() => onWhy(runId)} className="font-medium text-accent-text hover:underline">
          {say.why}
        </button>
      )}
      {message.user_rating && (
        <span className="ml-auto inline-flex items-center gap-1" title={say.rated(message.user_rating)}>
          <Stars value={message.user_rating} />
        </span>
      )}
    </footer>
  )
}

function SystemLine({ message }: { message: AgentMessage }) {
  return (
    <p className="flex items-center gap-3 py-1 text-xs text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      <span className="max-w-[75%] text-center break-words">
        {message.message} · <RelativeTime at={message.created_at} isPlain />
      </span>
    </p>
  )
}
