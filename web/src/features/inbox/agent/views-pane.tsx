import { useQuery } from '@tanstack/react-query'
import { AlarmClock, Check, Circle, Eye, Hand, Inbox, List, Moon, Timer, UserRound, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'

import { useLiveQueries } from '@/api/live'
import { cx } from '@/ui/class-names'
import { useFormat, useStrings } from '@/ui/locale'
import { Skeleton } from '@/ui/states'

import { inboxQueries, type View } from './queries'
import { strings } from './strings'

const ICONS: Record<string, LucideIcon> = {
  user: UserRound,
  inbox: Inbox,
  hand: Hand,
  alarm: AlarmClock,
  timer: Timer,
  eye: Eye,
  moon: Moon,
  circle: Circle,
  check: Check,
  list: List,
}

interface ViewsPaneProps {
  header?: ReactNode
  footer?: ReactNode
  onChoose?: () => void
}

/** The views with their live counts. */
export function ViewsPane({ header, footer, onChoose }: ViewsPaneProps) {
  const say = useStrings(strings)
  const { data: views } = useQuery(inboxQueries.views())
  const { data: counts } = useQuery(inboxQueries.counts())
  useLiveQueries(inboxQueries.counts().queryKey, (event) => event.kind.startsWith('ticket.') || event.kind === 'message.added')
  const builtIn = views?.filter((view) => view.is_built_in)
  const shared = views?.filter((view) => !view.is_built_in && view.sharing !== 'personal') ?? []
  const personal = views?.filter((view) => !view.is_built_in && view.sharing === 'personal') ?? []
  const group = (title: string, of: View[]): ReactNode =>
    of.length > 0 && (
      <>
        <p className="px-2.5 pt-4 pb-1 text-xs font-medium text-faint">{title}</p>
        {of.map((view) => (
          <ViewLink key={view.id} view={view} count={counts?.counts[view.id]} cap={counts?.cap} onChoose={onChoose} />
        ))}
      </>
    )
  return (
    <nav aria-label={say.views} className="flex h-full flex-col gap-px overflow-y-auto bg-surface px-2 py-3">
      {header}
      {!builtIn && Array.from({ length: 7 }, (_, index) => <Skeleton key={index} className="mx-2 my-1 h-5" />)}
      {builtIn?.map((view) => (
        <ViewLink key={view.id} view={view} count={counts?.counts[view.id]} cap={counts?.cap} onChoose={onChoose} />
      ))}
      {group(say.shared, shared)}
      {group(say.personal, personal)}
      <span className="flex-1" />
      {footer}
    </nav>
  )
}

interface ViewLinkProps {
  view: View
  count: number | undefined
  cap: number | undefined
  onChoose: (() => void) | undefined
}

function ViewLink({ view, count, cap, onChoose }: ViewLinkProps) {
  const format = useFormat()
  const say = useStrings(strings)
  const Icon = ICONS[view.icon ?? ''] ?? Circle
  const isLoud = ['waiting', 'overdue'].includes(view.id) && Boolean(count)
  return (
    <NavLink
      to={`/app/inbox/${view.id}`}
      onClick={onChoose}
      className={cx(
        'flex h-8 items-center gap-2.5 rounded-sm px-2.5 text-sm text-muted transition-colors hover:bg-hover hover:text-ink',
        'aria-[current=page]:bg-press aria-[current=page]:font-medium aria-[current=page]:text-ink',
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      <span className="min-w-0 flex-1 truncate">{(view.is_built_in && say.standard[view.id]) || view.name}</span>
      {count !== undefined && count > 0 && (
        <span className={cx('text-xs tabular-nums', isLoud ? 'font-semibold text-orange' : 'text-muted')}>
          {cap && count >= cap ? `${format.number(cap)}+` : format.number(count)}
        </span>
      )}
    </NavLink>
  )
}
