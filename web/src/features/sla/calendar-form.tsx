import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { http } from '@/api/client'
import { Switch } from '@/ui/choice'
import { Combobox } from '@/ui/combobox'
import { Sheet } from '@/ui/dialog'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form, FormActions } from '@/ui/page'
import { toast } from '@/ui/toast'

import { OwnHolidays, PublicHolidays } from './calendar-holidays'
import { TryOut } from './calendar-preview'
import { Week, type PartProps } from './calendar-week'
import { slaQueries, type Calendar, type CalendarDraft } from './queries'
import { strings } from './strings'

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
