import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'

import { http } from '@/api/client'
import { cx } from '@/ui/class-names'
import { useFormat, useLocale, useStrings } from '@/ui/locale'

import { slaQueries, type CalendarDraft, type CalendarPreview } from './queries'
import { strings } from './strings'

const TRIED_MINUTES = 480

/** The next two weeks as bars, and when a target would fall due. */
export function TryOut({ draft }: { draft: CalendarDraft }) {
  const say = useStrings(strings)
  const format = useFormat()
  const { locale } = useLocale()
  const settled = useDeferredValue(draft)
  const { data, error } = useQuery({
    queryKey: [...slaQueries.all, 'calendar-preview', settled],
    queryFn: () =>
      http.post<CalendarPreview>('/admin/sla-calendars/preview', {
        calendar: { ...settled, name: settled.name || say.tryIt },
        minutes: TRIED_MINUTES,
      }),
    placeholderData: (before) => before,
    retry: false,
  })
  if (error) return <p className="text-sm text-red">{error.message}</p>
  if (!data) return null
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', timeZone: 'UTC' })
  return (
    <section className="rounded-md border border-line bg-canvas p-3.5 text-sm">
      <h3 className="font-medium">{say.nextTwoWeeks}</h3>
      <p className="mb-3 text-muted">
        {say.tryHint(format.duration(TRIED_MINUTES), format.exact(data.due_at))}
      </p>
      <ol className="space-y-1">
        {data.days.map((day) => (
          <li key={day.date} className="flex items-center gap-2">
            <span className="tabular w-14 text-xs text-muted">{weekday.format(new Date(day.date))}</span>
            <span className="relative h-3.5 flex-1 overflow-hidden rounded-xs bg-press">
              {day.openings.map((opening) => (
                <Bar key={opening.opens} zone={draft.timezone} {...opening} />
              ))}
            </span>
            <span className={cx('w-32 truncate text-xs max-sm:w-16', day.holiday ? 'text-violet' : 'text-faint')}>
              {day.holiday ?? (day.openings.length === 0 ? say.closed : '')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Bar({ zone, opens, closes }: { zone: string; opens: string; closes: string }) {
  const start = minuteOfDay(opens, zone)
  const length = (Date.parse(closes) - Date.parse(opens)) / 60_000
  return (
    <span
      className="absolute inset-y-0 rounded-xs bg-accent"
      style={{ left: `${(start / 1440) * 100}%`, width: `${(length / 1440) * 100}%` }}
    />
  )
}

function minuteOfDay(moment: string, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(moment))
  const [hours = '0', minutes = '0'] = parts.split(':')
  return (Number(hours) % 24) * 60 + Number(minutes)
}
