import { useState } from 'react'

import { Button } from '@/ui/button'
import { Switch } from '@/ui/choice'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form } from '@/ui/page'
import { Select } from '@/ui/select'

import { KINDS, parseMinutes, type EntryValues, type Kind, type TimeEntry } from './queries'
import { strings } from './strings'

interface EntryFormProps {
  entry?: TimeEntry
  isBusy: boolean
  submitLabel: string
  onSubmit: (values: EntryValues) => void
  onCancel: () => void
}

/** Duration, kind, billable and a word on what for. */
export function EntryForm({ entry, isBusy, submitLabel, onSubmit, onCancel }: EntryFormProps) {
  const say = useStrings(strings)
  const [duration, setDuration] = useState(entry ? String(entry.duration_minutes) : '')
  const [kind, setKind] = useState<Kind>(entry?.entry_type ?? 'work')
  const [isBillable, setBillable] = useState(entry?.billable ?? true)
  const [description, setDescription] = useState(entry?.description ?? '')
  const [isWrong, setWrong] = useState(false)
  const submit = (): void => {
    const minutes = parseMinutes(duration)
    setWrong(minutes === null)
    if (minutes !== null) onSubmit({ duration_minutes: minutes, entry_type: kind, billable: isBillable, description })
  }
  return (
    <Form onSubmit={submit} className="!space-y-2.5 rounded-md border border-line bg-canvas p-3">
      <div className="grid grid-cols-2 gap-2">
        <Field label={say.duration} error={isWrong && say.notDuration}>
          <Input
            autoFocus
            value={duration}
            placeholder="45"
            title={say.durationHint}
            onChange={(event) => setDuration(event.target.value)}
          />
        </Field>
        <Field label={say.kind}>
          <Select value={kind} onChange={setKind} options={KINDS.map((each) => ({ value: each, label: say.kinds[each] }))} />
        </Field>
      </div>
      <Field label={say.description} isOptional>
        <Input value={description} maxLength={2000} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      <div className="flex items-center justify-between gap-2">
        <Switch checked={isBillable} onChange={setBillable} label={say.billable} />
        <span className="flex gap-1">
          <Button size="sm" variant="ghost" onClick={onCancel}>
            {say.cancel}
          </Button>
          <Button size="sm" variant="primary" type="submit" isBusy={isBusy}>
            {submitLabel}
          </Button>
        </span>
      </div>
    </Form>
  )
}
