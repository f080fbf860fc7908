import { useQuery } from '@tanstack/react-query'
import { AlarmClock, Hand, Inbox, UserRound, type LucideIcon } from 'lucide-react'
import { Link } from 'react-router'

import { may, useUser } from '@/features/accounts/session'
import { MiniList } from '@/features/inbox/agent/mini-list'
import { inboxQueries } from '@/features/inbox/agent/queries'
import { StatsWidget } from '@/features/reports/stats-widget'
import { SetUpChecklist } from '@/features/onboarding/checklist'
import { defineStrings, useFormat, useStrings } from '@/ui/locale'
import { usePageTitle } from '@/ui/page'
import { useNow } from '@/ui/relative-time'
import { Skeleton } from '@/ui/states'
import { cx } from '@/ui/class-names'

const strings = defineStrings(
  {
    home: 'Home',
    morning: (name: string) => `Good morning, ${name}`,
    day: (name: string) => `Hello, ${name}`,
    evening: (name: string) => `Good evening, ${name}`,
    nothing: 'Nothing needs you right now.',
    needsYou: (n: number) => (n === 1 ? 'One ticket waits for you.' : `${n} tickets wait for you.`),
    mine: 'My tickets',
    waiting: 'Waiting for a person',
    overdue: 'Overdue',
    unassigned: 'Unassigned',
    mineEmpty: 'You have no open tickets. Take one from the queue.',
    waitingEmpty: 'Nobody waits for a person.',
    overdueEmpty: 'Everything is on time.',
  },
  {
    home: 'Start',
    morning: (name: string) => `Guten Morgen, ${name}`,
    day: (name: string) => `Hallo, ${name}`,
    evening: (name: string) => `Guten Abend, ${name}`,
    nothing: 'Gerade braucht Sie niemand.',
    needsYou: (n: number) => (n === 1 ? 'Ein Ticket wartet auf Sie.' : `${n} Tickets warten auf Sie.`),
    mine: 'Meine Tickets',
    waiting: 'Wartet auf einen Menschen',
    overdue: 'Überfällig',
    unassigned: 'Niemand zuständig',
    mineEmpty: 'Sie haben keine offenen Tickets.',
    waitingEmpty: 'Niemand wartet auf einen Menschen.',
    overdueEmpty: 'Alles ist im Plan.',
  },
)

const TILES: { view: string; key: 'mine' | 'waiting' | 'overdue' | 'unassigned'; icon: LucideIcon; isLoud?: boolean }[] = [
  { view: 'mine', key: 'mine', icon: UserRound },
  { view: 'waiting', key: 'waiting', icon: Hand, isLoud: true },
  { view: 'overdue', key: 'overdue', icon: AlarmClock, isLoud: true },
  { view: 'unassigned', key: 'unassigned', icon: Inbox },
]

/** What needs the agent now. */
export default function HomePage() {
  const say = useStrings(strings)
  const format = useFormat()
  const user = useUser()
  usePageTitle(say.home)
  const { data: counts } = useQuery(inboxQueries.counts())
  const hour = new Date(useNow()).getHours()
  const greet = hour < 11 ? say.morning : hour < 18 ? say.day : say.evening
  const need = (counts?.counts.mine ?? 0) + (counts?.counts.waiting ?? 0)
  return (
    <div className="mx-auto max-w-6xl space-y-6 px-4 py-6 sm:px-8 sm:py-10">
      <header>
        <h1 className="text-2xl font-semibold tracking-tight">{greet(user.name.split(' ')[0] ?? user.name)}</h1>
        <p className="mt-1 text-muted">{counts ? (need ? say.needsYou(need) : say.nothing) : <Skeleton className="h-5 w-56" />}</p>
      </header>
      <ul className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {TILES.map(({ view, key, icon: Icon, isLoud }) => {
          const count = counts?.counts[view]
          return (
            <li key={view}>
              <Link
                to={`/app/inbox/${view}`}
                className="lit flex items-center gap-3 rounded-lg border border-line bg-surface px-4 py-3.5 transition-colors hover:border-line-strong"
              >
                <Icon className={cx('size-5', isLoud && count ? 'text-orange' : 'text-faint')} aria-hidden />
                <span className="min-w-0">
                  <span className="block text-2xl leading-7 font-semibold tabular-nums">
                    {count === undefined ? <Skeleton className="h-7 w-10" /> : count >= (counts?.cap ?? 999) ? `${format.number(counts?.cap ?? 999)}+` : format.number(count)}
                  </span>
                  <span className="block truncate text-sm text-muted">{say[key]}</span>
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
      <SetUpChecklist />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <MiniList title={say.waiting} viewId="waiting" filter={{ is: 'escalated' }} empty={say.waitingEmpty} />
        <MiniList title={say.mine} viewId="mine" filter={{ assigned_to: 'me', is: 'active' }} empty={say.mineEmpty} />
      </div>
      {may(user, 'reports.read') && <StatsWidget />}
    </div>
  )
}
