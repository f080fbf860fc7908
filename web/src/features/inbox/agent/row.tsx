import { Paperclip } from 'lucide-react'
import { memo, type MouseEvent, type ReactNode } from 'react'
import { Link } from 'react-router'

import { Avatar } from '@/ui/avatar'
import { PriorityIcon, TagChip } from '@/ui/badge'
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
  onOpen: (event: MouseEvent) => void
  onSelect: (isRange: boolean) => void
  /** SLA pill and presence of others. */
  badges?: ReactNode
}

/** One ticket of the list: who, what, how it stands; a dot where it waits for us. */
export const Row = memo(function Row({ ticket, isActive, isSelected, isCompact, to, onOpen, onSelect, badges }: RowProps) {
  const say = useStrings(strings)
  const waits = ticket.waiting_for === 'agent' && ticket.status !== 'closed'
  const snippet = ticket.match?.snippet
  return (
    <div
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
          onClick={(event) => onSelect(event.shiftKey)}
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
            onClick={onOpen}
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
            <RelativeTime at={ticket.last_message_at} isPlain />
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
              {badges}
              {Boolean(ticket.attachment_count) && (
                <Paperclip className="size-3 shrink-0 text-faint" aria-label={say.files(ticket.attachment_count ?? 0)} />
              )}
              {(ticket.tags ?? []).slice(0, 2).map((tag) => (
                <TagChip key={tag.id} name={tag.name} color={tag.color} />
              ))}
              <span className="flex-1" />
              {ticket.assigned_name ? (
                <Avatar name={ticket.assigned_name} size="xs" />
              ) : (
                ticket.status === 'human_assigned' && <span className="truncate text-xs text-orange">{say.unassigned}</span>
              )}
            </p>
          </>
        )}
      </div>
    </div>
  )
})
