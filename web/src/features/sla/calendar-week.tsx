import { Plus, X } from 'lucide-react'

import { Button, IconButton } from '@/ui/button'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'

import type { CalendarDraft, Period } from './queries'
import { strings } from './strings'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

/** A part of the calendar's form. */
export interface PartProps {
  draft: CalendarDraft
  change: (values: Partial<CalendarDraft>) => void
}

/** The openings of each weekday. */
export function Week({ draft, change, error }: PartProps & { error: string | undefined }) {
  const say = useStrings(strings)
  const monday = draft.periods.filter((period) => period.weekday === 1)
  return (
    <fieldset>
      <legend className="text-sm font-medium">{say.week}</legend>
      <p className="mb-2 text-sm text-muted">{say.weekHint}</p>
      <div className="divide-y divide-line rounded-md border border-line">
        {WEEKDAYS.map((weekday) => (
          <Weekday key={weekday} weekday={weekday} draft={draft} change={change} />
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1.5 text-sm text-red">
          {error}
        </p>
      )}
      {monday.length > 0 && (
        <Button
          size="sm"
          variant="ghost"
          className="mt-1.5 -ml-2"
          onClick={() =>
            change({
              periods: [
                ...draft.periods.filter((period) => period.weekday > 5),
                ...[1, 2, 3, 4, 5].flatMap((weekday) => monday.map((period) => ({ ...period, weekday }))),
              ],
            })
          }
        >
          {say.copyMonday}
        </Button>
      )}
    </fieldset>
  )
}

function Weekday({ weekday, draft, change }: PartProps & { weekday: (typeof WEEKDAYS)[number] }) {
  const say = useStrings(strings)
  const day = say.weekdays[weekday]
  const mine = draft.periods.filter((period) => period.weekday === weekday)
  const put = (periods: Period[]): void =>
    change({ periods: [...draft.periods.filter((period) => period.weekday !== weekday), ...periods] })
  const last = mine.at(-1)
  const next = last && last.end < '20:00' ? { start: last.end, end: '22:00' } : { start: '09:00', end: '17:00' }
  return (
    <div className="flex items-start gap-2 px-3 py-1.5 max-sm:flex-wrap">
      <span className="w-24 py-1.5 text-sm max-sm:flex-1">{day}</span>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1.5 max-sm:order-last max-sm:basis-full">
        {mine.length === 0 && <span className="py-1.5 text-sm text-faint">{say.closed}</span>}
        {mine.map((period, index) => (
          <span key={index} className="flex items-center gap-1 max-sm:w-full">
            <TimeInput
              label={`${day} ${say.from}`}
              value={period.start}
              onChange={(start) => put(mine.map((each, at) => (at === index ? { ...each, start } : each)))}
            />
            <span aria-hidden className="text-faint">
              –
            </span>
            <TimeInput
              label={`${day} ${say.until}`}
              value={period.end}
              onChange={(end) => put(mine.map((each, at) => (at === index ? { ...each, end } : each)))}
            />
            {period.end <= period.start && <span className="text-xs text-violet">{say.nextDay}</span>}
            <IconButton
              size="sm"
              label={say.removeOpening(day)}
              icon={<X />}
              onClick={() => put(mine.filter((_, at) => at !== index))}
            />
          </span>
        ))}
      </div>
      <IconButton
        size="sm"
        label={say.addOpening(day)}
        icon={<Plus />}
        onClick={() => put([...mine, { weekday, ...next }])}
      />
    </div>
  )
}

function TimeInput({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Input
      type="time"
      aria-label={label}
      value={value === '24:00' ? '00:00' : value}
      required
      onChange={(event) => event.target.value && onChange(event.target.value)}
      className="tabular !h-8 !w-32 !px-2 max-sm:!w-28 max-sm:!text-sm"
    />
  )
}
