import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useDeferredValue, useState } from 'react'

import { http } from '@/api/client'
import { Button, IconButton } from '@/ui/button'
import { Checkbox, Switch } from '@/ui/choice'
import { cx } from '@/ui/class-names'
import { Combobox } from '@/ui/combobox'
import { Sheet } from '@/ui/dialog'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input } from '@/ui/input'
import { useFormat, useLocale, useStrings } from '@/ui/locale'
import { Form, FormActions } from '@/ui/page'
import { toast } from '@/ui/toast'

import { slaQueries, type Calendar, type CalendarDraft, type CalendarPreview, type Period } from './queries'
import { strings } from './strings'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
const FIELDS = ['name', 'timezone', 'periods', 'country', 'holidays']

function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

function draftOf(calendar: Calendar | null): CalendarDraft {
  if (calendar) {
    const { weekly_minutes: _weekly, used_by: _used, ...draft } = calendar
    return {
      id: draft.id,
      name: draft.name,
      timezone: draft.timezone,
      periods: draft.periods,
      country: draft.country,
      subdivision: draft.subdivision,
      holidays: draft.holidays,
      is_default: draft.is_default,
    }
  }
  return {
    name: '',
    timezone: ownZone(),
    periods: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: '09:00', end: '17:00' })),
    country: null,
    subdivision: null,
    holidays: [],
    is_default: false,
  }
}

interface PartProps {
  draft: CalendarDraft
  change: (values: Partial<CalendarDraft>) => void
}

/** Makes or changes a business calendar and shows what comes of it. */
export function CalendarForm({ calendar, onClose }: { calendar: Calendar | null; onClose: () => void }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(calendar))
  const change = (values: Partial<CalendarDraft>): void => setDraft((before) => ({ ...before, ...values }))
  const save = useMutation({
    mutationFn: () => http.post('/admin/sla-calendars', draft),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: slaQueries.all })
      toast(say.calendarSaved)
      onClose()
    },
  })
  return (
    <Sheet isOpen onOpenChange={onClose} title={calendar ? say.edit(calendar.name) : say.addCalendar} width="lg">
      <Form onSubmit={() => save.mutate()}>
        <FormError error={save.error} fields={FIELDS} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={say.name} isRequired error={fieldError(save.error, 'name')}>
            <Input autoFocus value={draft.name} maxLength={200} onChange={(event) => change({ name: event.target.value })} />
          </Field>
          <Zone draft={draft} change={change} />
        </div>
        <Week draft={draft} change={change} error={fieldError(save.error, 'periods')} />
        <PublicHolidays draft={draft} change={change} />
        <OwnHolidays draft={draft} change={change} />
        <Switch
          checked={draft.is_default}
          onChange={(checked) => change({ is_default: checked })}
          label={say.isDefault}
          hint={say.isDefaultHint}
        />
        <TryOut draft={draft} />
        <FormActions isBusy={save.isPending} onCancel={onClose} />
      </Form>
    </Sheet>
  )
}

function Zone({ draft, change }: PartProps) {
  const say = useStrings(strings)
  const { data: places } = useQuery(slaQueries.places())
  return (
    <Field label={say.timezone}>
      <Combobox
        value={draft.timezone}
        onChange={(zone) => change({ timezone: zone ?? draft.timezone })}
        options={(places?.timezones ?? [draft.timezone]).map((zone) => ({
          value: zone,
          label: zone.replaceAll('_', ' '),
          keywords: [zone],
        }))}
      />
    </Field>
  )
}

function Week({ draft, change, error }: PartProps & { error: string | undefined }) {
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
    <div className="flex items-start gap-2 px-3 py-1.5">
      <span className="w-24 py-1.5 text-sm">{day}</span>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1.5">
        {mine.length === 0 && <span className="py-1.5 text-sm text-faint">{say.closed}</span>}
        {mine.map((period, index) => (
          <span key={index} className="flex items-center gap-1">
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
      className="tabular !h-8 !w-32 !px-2"
    />
  )
}

function PublicHolidays({ draft, change }: PartProps) {
  const say = useStrings(strings)
  const { locale } = useLocale()
  const { data: places } = useQuery(slaQueries.places())
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const parts = (draft.country && places?.countries[draft.country]) || []
  const nameOf = (code: string): string => {
    try {
      return names.of(code) ?? code
    } catch {
      return code
    }
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={say.country}>
        <Combobox
          value={draft.country}
          isClearable
          placeholder={say.noCountry}
          onChange={(country) => change({ country, subdivision: null })}
          options={Object.keys(places?.countries ?? {}).map((code) => ({ value: code, label: nameOf(code), hint: code }))}
        />
      </Field>
      {parts.length > 0 && (
        <Field label={say.region}>
          <Combobox
            value={draft.subdivision}
            isClearable
            placeholder={say.wholeCountry}
            onChange={(subdivision) => change({ subdivision })}
            options={parts.map((part) => ({ value: part, label: part }))}
          />
        </Field>
      )}
    </div>
  )
}

function OwnHolidays({ draft, change }: PartProps) {
  const say = useStrings(strings)
  const put = (index: number, values: Partial<CalendarDraft['holidays'][number]>): void =>
    change({ holidays: draft.holidays.map((day, at) => (at === index ? { ...day, ...values } : day)) })
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{say.holidays}</legend>
      <div className="space-y-2">
        {draft.holidays.map((day, index) => (
          <div key={index} className="flex flex-wrap items-center gap-2">
            <Input
              type="date"
              aria-label={say.date}
              required
              value={day.date}
              onChange={(event) => put(index, { date: event.target.value })}
              className="tabular !w-40"
            />
            <Input
              aria-label={say.holidayName}
              value={day.name}
              maxLength={200}
              onChange={(event) => put(index, { name: event.target.value })}
              className="!w-52"
            />
            <Checkbox checked={day.yearly} onChange={(yearly) => put(index, { yearly })} label={say.yearly} />
            <IconButton
              size="sm"
              label={say.remove}
              icon={<X />}
              onClick={() => change({ holidays: draft.holidays.filter((_, at) => at !== index) })}
            />
          </div>
        ))}
      </div>
      <Button
        size="sm"
        variant="ghost"
        className="mt-1 -ml-2"
        icon={<Plus />}
        onClick={() =>
          change({
            holidays: [
              ...draft.holidays,
              { date: new Date().toISOString().slice(0, 10), name: say.holidayName, yearly: false },
            ],
          })
        }
      >
        {say.addHoliday}
      </Button>
    </fieldset>
  )
}

const TRIED_MINUTES = 480

/** The next two weeks as bars, and when a target would fall due. */
function TryOut({ draft }: { draft: CalendarDraft }) {
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
            <span className={cx('w-32 truncate text-xs', day.holiday ? 'text-violet' : 'text-faint')}>
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
