import { useQuery } from '@tanstack/react-query'
import { AlarmClock, CircleCheck, CircleSlash, Hourglass, Pause, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { useLiveQueries } from '@/api/live'
import type { Tone } from '@/ui/badge'
import { cx } from '@/ui/class-names'
import { useFormat, useStrings } from '@/ui/locale'
import { Popover } from '@/ui/popover'
import { useNow } from '@/ui/relative-time'
import { Skeleton } from '@/ui/states'
import { Tooltip } from '@/ui/tooltip'

import { slaQueries, type SlaState, type Target, type Timeline } from './queries'
import { strings } from './clock-strings'

const LOOKS: Record<SlaState, { tone: Tone; icon: ReactNode }> = {
  running: { tone: 'accent', icon: <Hourglass /> },
  at_risk: { tone: 'amber', icon: <AlarmClock /> },
  breached: { tone: 'red', icon: <TriangleAlert /> },
  paused: { tone: 'neutral', icon: <Pause /> },
  met: { tone: 'green', icon: <CircleCheck /> },
  stopped: { tone: 'neutral', icon: <CircleSlash /> },
}
const TEXT: Partial<Record<Tone, string>> = {
  accent: 'text-accent-text',
  amber: 'text-amber',
  red: 'text-red',
  green: 'text-green',
  neutral: 'text-muted',
}

/** Both clocks of a ticket, each with its due time, what is used up, and why it stands so. */
export function SlaClock({ ticketId }: { ticketId: string }) {
  const say = useStrings(strings)
  const { data } = useQuery(slaQueries.status(ticketId))
  useLiveQueries(slaQueries.all, (event) => event.ticket_id === ticketId && event.kind !== 'presence')
  if (!data) return <Skeleton className="h-20" />
  if (!data.sla_defined) return <p className="text-sm text-muted">{say.none}</p>
  return (
    <div className="space-y-3">
      <Clock label={say.response} metric="response" target={data.response_time} ticketId={ticketId} />
      <Clock label={say.resolution} metric="resolution" target={data.resolution_time} ticketId={ticketId} />
      <p className="truncate text-xs text-faint">{data.sla.name}</p>
    </div>
  )
}

interface ClockProps {
  label: string
  metric: 'response' | 'resolution'
  target: Target
  ticketId: string
}

function Clock({ label, metric, target, ticketId }: ClockProps) {
  const say = useStrings(strings)
  const format = useFormat()
  const { tone, icon } = LOOKS[target.state]
  const share = Math.min(100, (target.used_minutes / target.target_minutes) * 100)
  return (
    <div>
      <div className="flex items-center gap-1.5 text-sm">
        <span className={cx('flex items-center [&_svg]:size-3.5', TEXT[tone])}>{icon}</span>
        <span className="font-medium">{label}</span>
        <span className={cx('tabular ml-auto', TEXT[tone])}>
          <Headline target={target} />
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={Math.round(share)}
        aria-valuemin={0}
        aria-valuemax={100}
        className={cx('mt-1.5 h-1 overflow-hidden rounded-full bg-press', TEXT[tone])}
      >
        <div className="h-full rounded-full bg-current transition-[width]" style={{ width: `${share}%` }} />
      </div>
      <div className="mt-1 flex items-center gap-2 text-xs text-faint">
        <span className="tabular">
          {say.used(format.duration(target.used_minutes), format.duration(target.target_minutes))}
        </span>
        <span className="min-w-0 truncate">
          <When target={target} />
        </span>
        <Popover
          align="end"
          label={say.whyTitle}
          className="w-80"
          trigger={
            <button type="button" className="ml-auto rounded-xs underline-offset-2 hover:text-ink hover:underline">
              {say.why}
            </button>
          }
        >
          <Explanation ticketId={ticketId} metric={metric} />
        </Popover>
      </div>
    </div>
  )
}

function Headline({ target }: { target: Target }) {
  const say = useStrings(strings)
  const format = useFormat()
  const now = useNow()
  if (target.violation) {
    const minutes = target.violation.violation_minutes
    return target.actual ? say.missedBy(format.duration(minutes)) : say.late(format.duration(minutes))
  }
  if (target.state === 'met') return say.metWord
  if (target.state === 'stopped') return say.stoppedWord
  if (target.state === 'paused') return say.paused
  const left = target.expected ? Math.max(0, (Date.parse(target.expected) - now) / 60_000) : target.remaining_minutes
  return format.duration(left)
}

function When({ target }: { target: Target }) {
  const say = useStrings(strings)
  const format = useFormat()
  const now = useNow()
  if (target.actual) {
    return (
      <Tooltip label={format.exact(target.actual)}>
        <span>{say.doneAt(format.relative(target.actual, now))}</span>
      </Tooltip>
    )
  }
  if (target.paused_because) return say.because[target.paused_because as keyof typeof say.because] ?? say.paused
  if (!target.expected) return null
  return (
    <Tooltip label={format.exact(target.expected)}>
      <span>{say.due(format.relative(target.expected, now))}</span>
    </Tooltip>
  )
}

function Explanation({ ticketId, metric }: { ticketId: string; metric: 'response' | 'resolution' }) {
  const say = useStrings(strings)
  const { data } = useQuery(slaQueries.timeline(ticketId))
  const clock = data?.clocks.find((each) => each.metric === metric)
  return (
    <div className="text-sm">
      <p className="font-medium">{say.whyTitle}</p>
      <p className="mb-2 text-xs text-muted">
        {data && (data.calendar ? say.countsBy(data.calendar, data.timezone ?? 'UTC') : say.countsAlways)}
      </p>
      {clock ? <Steps steps={clock.steps} /> : <Skeleton className="h-24" />}
    </div>
  )
}

const DOT: Record<string, string> = {
  started: 'bg-accent',
  resumed: 'bg-accent',
  reset: 'bg-violet',
  paused: 'bg-faint',
  stopped: 'bg-faint',
  sla: 'bg-blue',
  met: 'bg-green',
  warned: 'bg-amber',
  violated: 'bg-red',
}

function Steps({ steps }: { steps: Timeline['clocks'][number]['steps'] }) {
  const say = useStrings(strings)
  const format = useFormat()
  return (
    <ol className="max-h-80 space-y-2.5 overflow-y-auto pl-4">
      {steps.map((step, index) => (
        <li key={`${step.at}${step.kind}${index}`} className="relative">
          <span
            aria-hidden
            className={cx('absolute top-1.5 -left-4 size-2 rounded-full', DOT[step.kind] ?? 'bg-faint')}
          />
          <p>
            <span className="font-medium">{say.steps[step.kind as keyof typeof say.steps] ?? step.kind}</span>
            <span className="text-muted">: {say.causes[step.cause as keyof typeof say.causes] ?? step.cause}</span>
            {step.note && <span className="text-muted"> ({step.note})</span>}
          </p>
          <p className="tabular text-xs text-faint">
            {format.day(step.at)} {format.clock(step.at)} · {format.duration(step.used_minutes)}
          </p>
        </li>
      ))}
    </ol>
  )
}
