import { Check, Hand, Paperclip, RotateCcw } from 'lucide-react'
import { memo, useState, type ReactNode } from 'react'
import { Link } from 'react-router'

import { Avatar } from '@/ui/avatar'
import { PriorityIcon, TagChip } from '@/ui/badge'
import { IconButton } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { useStrings } from '@/ui/locale'
import { RelativeTime } from '@/ui/relative-time'

import { plainPreview } from './preview'
import type { ListedTicket } from './queries'
import { strings } from './strings'

interface RowProps {
  ticket: ListedTicket
  isActive: boolean
  isSelected: boolean
  isCompact: boolean
  to: string
  onSelect: (id: string, isRange: boolean) => void
  /** The SLA pill. */
  badgesOf?: (ticket: ListedTicket) => ReactNode
  onQuick?: (ticket: ListedTicket, action: Quick) => void
  /** The pointer has come: the ticket may be opened next. */
  onNear: (id: string) => void
  /** Colleagues who are at this ticket now. */
  here: string | undefined
}

export type Quick = 'take' | 'close' | 'reopen'

/** One ticket of the list: who, what, how it stands; a dot where it waits for us. */
export const Row = memo(function Row({ ticket, isActive, isSelected, isCompact, to, onSelect, badgesOf, onQuick, onNear, here }: RowProps) {
  const say = useStrings(strings)
  const [isNear, setNear] = useState(false)
  const waits = ticket.waiting_for === 'agent' && ticket.status !== 'closed'
  const snippet = ticket.match?.snippet
  return (
    <div
      onPointerEnter={(event) => {
        if (event.pointerType !== 'mouse') return
        setNear(true)
        onNear(ticket.id)
      }}
      onPointerLeave={() => setNear(false)}
      className={cx(
        'group relative flex h-full cursor-default gap-2.5 border-b border-line px-3',
        isCompact ? 'items-center py-1' : 'py-2.5',
        isActive ? 'bg-press' : isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      {isActive && <span className="absolute inset-y-0 left-0 w-0.5 bg-accent" aria-hidden />}
      <span className={cx('relative z-10 shrink-0 self-start', isCompact ? 'self-center' : 'mt-0.5')}>
        <Avatar
          name={ticket.customer_name}
          size={isCompact ? 'sm' : 'md'}
          className={cx('transition-opacity', isSelected ? 'opacity-0' : 'group-hover:opacity-0')}
        />
        <input
          type="checkbox"
          aria-label={`${say.select}: ${ticket.subject}`}
          checked={isSelected}
          onClick={(event) => onSelect(ticket.id, event.shiftKey)}
          onChange={() => undefined}
          className={cx(
            'absolute inset-0 m-auto size-4 accent-(--accent) transition-opacity',
            isSelected ? 'opacity-100' : 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100',
          )}
        />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2 text-sm">
          <Link
            to={to}
            onClick={(event) => {
              if (!event.shiftKey) return
              event.preventDefault()
              onSelect(ticket.id, true)
            }}
            aria-current={isActive ? 'true' : undefined}
            aria-label={`#${ticket.number} ${ticket.subject}, ${ticket.customer_name}`}
            className={cx(
              'truncate outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring',
              waits ? 'font-semibold text-ink' : 'text-muted',
            )}
          >
            {ticket.customer_name}
          </Link>
          {waits && <span className="size-1.5 shrink-0 self-center rounded-full bg-accent" title={say.waitsForUs} />}
          {isCompact && <span className="min-w-0 flex-1 truncate text-muted">{ticket.subject}</span>}
          <span className={cx('shrink-0 text-xs tabular-nums', isActive ? 'text-muted' : 'text-faint', !isCompact && 'ml-auto')}>
            <RelativeTime at={ticket.last_message_at} isPlain isShort />
          </span>
        </p>
        {!isCompact && (
          <>
            <p className={cx('truncate text-sm', waits ? 'text-ink' : 'text-muted')}>{ticket.subject}</p>
            <p className={cx('truncate text-xs', isActive ? 'text-muted' : 'text-faint')}>
              {snippet
                ? snippet.map((piece, index) =>
                    piece.hit ? (
                      <mark key={index} className="rounded-xs bg-amber-soft text-amber">
                        {piece.text}
                      </mark>
                    ) : (
                      piece.text
                    ),
                  )
                : [ticket.preview_by === 'ai' ? say.aiSaid : null, plainPreview(ticket.preview)].filter(Boolean).join(' ') || ticket.context}
            </p>
            <p className="mt-1.5 flex h-5 items-center gap-1.5 overflow-hidden">
              <PriorityIcon priority={ticket.priority} className="!size-3.5" />
              <span className={cx('text-xs tabular-nums', isActive ? 'text-muted' : 'text-faint')}>#{ticket.number}</span>
              {badgesOf?.(ticket)}
              {here && <Here names={here} />}
              {Boolean(ticket.attachment_count) && (
                <Paperclip className="size-3 shrink-0 text-faint" aria-label={say.files(ticket.attachment_count ?? 0)} />
              )}
              {/* A tag that does not fit wraps out of sight: none is cut in half. */}
              <span className="flex h-5 min-w-0 flex-1 flex-wrap gap-1.5 overflow-hidden">
                {(ticket.tags ?? []).slice(0, 3).map((tag) => (
                  <TagChip key={tag.id} name={tag.name} color={tag.color} />
                ))}
              </span>
              {ticket.assigned_name ? (
                <Avatar name={ticket.assigned_name} size="xs" />
              ) : (
                ticket.status === 'human_assigned' && <span className="shrink-0 text-xs text-orange">{say.unassigned}</span>
              )}
            </p>
          </>
        )}
      </div>
      {isNear && onQuick && <QuickActions ticket={ticket} onQuick={onQuick} />}
    </div>
  )
})

/** What most tickets need, without opening them; the keyboard has `I` and `E`. */
function QuickActions({ ticket, onQuick }: { ticket: ListedTicket; onQuick: NonNullable<RowProps['onQuick']> }) {
  const say = useStrings(strings)
  const isClosed = ticket.status === 'closed'
  return (
    <span className="floating absolute top-1.5 right-2 z-10 flex animate-in rounded-sm bg-overlay">
      {!isClosed && <IconButton size="sm" label={say.assignToMe} icon={<Hand />} onClick={() => onQuick(ticket, 'take')} />}
      <IconButton
        size="sm"
        label={isClosed ? say.reopen : say.close}
        icon={isClosed ? <RotateCcw /> : <Check />}
        onClick={() => onQuick(ticket, isClosed ? 'reopen' : 'close')}
      />
    </span>
  )
}

function Here({ names }: { names: string }) {
  const say = useStrings(strings)
  return (
    <span className="inline-flex shrink-0 items-center -space-x-1.5" title={say.isHere(names)}>
      {names.split(', ').slice(0, 3).map((name) => (
        <Avatar key={name} name={name} size="xs" isPresent />
      ))}
      <span className="sr-only">{say.isHere(names)}</span>
    </span>
  )
}
