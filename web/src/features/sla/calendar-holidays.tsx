import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'

import { Button, IconButton } from '@/ui/button'
import { Checkbox } from '@/ui/choice'
import { Combobox } from '@/ui/combobox'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { useLocale, useStrings } from '@/ui/locale'

import type { PartProps } from './calendar-week'
import { slaQueries, type CalendarDraft } from './queries'
import { strings } from './strings'

/** The country, and the part of it, whose public holidays are kept. */
export function PublicHolidays({ draft, change }: PartProps) {
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

/** Days of the desk's own on which nobody works. */
export function OwnHolidays({ draft, change }: PartProps) {
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
