import { Ban, CircleCheck, CircleDashed, CircleDot, Clock, Hand, UserRound, X } from 'lucide-react'
import type { ReactNode } from 'react'

import { cx } from './class-names'
import { useStrings } from './locale'
import { strings } from './strings'

export type Tone = 'neutral' | 'accent' | 'blue' | 'green' | 'amber' | 'orange' | 'red' | 'violet'

export const TONE: Record<Tone, string> = {
  neutral: 'bg-press text-muted',
  accent: 'bg-accent-soft text-accent-text',
  blue: 'bg-blue-soft text-blue',
  green: 'bg-green-soft text-green',
  amber: 'bg-amber-soft text-amber',
  orange: 'bg-orange-soft text-orange',
  red: 'bg-red-soft text-red',
  violet: 'bg-violet-soft text-violet',
}

interface BadgeProps {
  tone?: Tone
  icon?: ReactNode
  children: ReactNode
  className?: string
  title?: string
}

export function Badge({ tone = 'neutral', icon, children, className, title }: BadgeProps) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex h-5 max-w-full items-center gap-1 rounded-xs px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0',
        TONE[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  )
}

export type TicketStatus = 'open' | 'human_assigned' | 'closed'
export type Status = TicketStatus | 'waiting' | 'snoozed' | 'unassigned' | 'failed'

const STATUS: Record<Status, { tone: Tone; icon: ReactNode }> = {
  open: { tone: 'blue', icon: <CircleDot /> },
  human_assigned: { tone: 'accent', icon: <UserRound /> },
  closed: { tone: 'green', icon: <CircleCheck /> },
  waiting: { tone: 'amber', icon: <Hand /> },
  snoozed: { tone: 'violet', icon: <Clock /> },
  unassigned: { tone: 'neutral', icon: <CircleDashed /> },
  failed: { tone: 'red', icon: <Ban /> },
}

/** A state as colour, icon and word; `label` where the usual word does not fit the reader. */
export function StatusPill({ status, label }: { status: Status; label?: string }) {
  const say = useStrings(strings)
  const { tone, icon } = STATUS[status]
  const word = label ?? (status in say.status ? say.status[status as keyof typeof say.status] : status)
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  )
}

export type Priority = 'low' | 'medium' | 'high' | 'urgent'
const BARS: Record<Priority, number> = { low: 1, medium: 2, high: 3, urgent: 3 }
const BAR_TONE: Record<Priority, string> = {
  low: 'text-faint',
  medium: 'text-muted',
  high: 'text-orange',
  urgent: 'text-red',
}

/** Rising bars; urgent is a filled square with a mark, so that shape tells it too. */
export function PriorityIcon({ priority, className }: { priority: Priority; className?: string }) {
  const say = useStrings(strings)
  return (
    <svg
      viewBox="0 0 16 16"
      role="img"
      aria-label={say.priority[priority]}
      className={cx('size-4 shrink-0', BAR_TONE[priority], className)}
    >
      <title>{say.priority[priority]}</title>
      {priority === 'urgent' ? (
        <path
          fill="currentColor"
          fillRule="evenodd"
          d="M4 1.5h8A2.5 2.5 0 0 1 14.5 4v8a2.5 2.5 0 0 1-2.5 2.5H4A2.5 2.5 0 0 1 1.5 12V4A2.5 2.5 0 0 1 4 1.5Zm3.1 2.8.2 4.9h1.4l.2-4.9H7.1ZM8 10.2a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z"
        />
      ) : (
        [0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={2 + bar * 4.5}
            y={10 - bar * 3.5}
            width={3}
            height={4 + bar * 3.5}
            rx={1}
            fill="currentColor"
            opacity={bar < BARS[priority] ? 1 : 0.28}
          />
        ))
      )}
    </svg>
  )
}

export function PriorityLabel({ priority }: { priority: Priority }) {
  const say = useStrings(strings)
  return (
    <span className="inline-flex items-center gap-1.5 text-sm">
      <PriorityIcon priority={priority} />
      <span aria-hidden>{say.priority[priority]}</span>
    </span>
  )
}

export const PALETTE = ['neutral', 'accent', 'blue', 'green', 'amber', 'orange', 'red', 'violet'] as const

const DOT: Record<Tone, string> = {
  neutral: 'bg-faint',
  accent: 'bg-accent',
  blue: 'bg-blue',
  green: 'bg-green',
  amber: 'bg-amber',
  orange: 'bg-orange',
  red: 'bg-red',
  violet: 'bg-violet',
}

/** A stored colour as a tone of the palette; unknown ones are neutral. */
export function toneOf(color: string | null | undefined): Tone {
  return PALETTE.find((tone) => tone === color) ?? 'neutral'
}

const HEX = /^#[0-9a-f]{6}$/i

/** A colour of the palette by its name, or one of one's own as hex. */
export function ColorDot({ color, className = 'size-2' }: { color: string | null | undefined; className?: string }) {
  const own = color && HEX.test(color) ? { backgroundColor: color } : undefined
  return <span aria-hidden style={own} className={cx('shrink-0 rounded-full', !own && DOT[toneOf(color)], className)} />
}

interface TagChipProps {
  name: string
  color?: string | null
  onRemove?: () => void
}

export function TagChip({ name, color, onRemove }: TagChipProps) {
  const say = useStrings(strings)
  return (
    <span className="inline-flex h-5 max-w-[min(11rem,100%)] items-center gap-1.5 rounded-full border border-line-strong px-2 text-xs text-muted">
      <ColorDot color={color} />
      <span className="truncate">{name}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={say.removeItem(name)}
          onClick={onRemove}
          className="-mr-1 grid size-4 place-items-center rounded-full hover:bg-press hover:text-ink"
        >
          <X className="size-3" />
        </button>
      )}
    </span>
  )
}

interface ColorPickerProps {
  value: string | null | undefined
  onChange: (color: Tone) => void
  label: string
}

/** One of the palette's eight colours, so that every tag is legible in both themes. */
export function ColorPicker({ value, onChange, label }: ColorPickerProps) {
  return (
    <div role="radiogroup" aria-label={label} className="flex flex-wrap gap-1.5">
      {PALETTE.map((tone) => (
        <label
          key={tone}
          title={tone}
          className="grid size-7 cursor-pointer place-items-center rounded-full border border-transparent hover:bg-hover has-checked:border-line-strong has-checked:bg-press has-focus-visible:outline-2 has-focus-visible:outline-ring"
        >
          <input
            type="radio"
            name={label}
            aria-label={tone}
            className="sr-only"
            checked={toneOf(value) === tone}
            onChange={() => onChange(tone)}
          />
          <span className={cx('size-4 rounded-full', DOT[tone])} />
        </label>
      ))}
    </div>
  )
}
