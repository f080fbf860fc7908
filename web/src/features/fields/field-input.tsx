import { Input, Select, Switch, Textarea } from '@/ui'
import { Combobox } from '@/ui/combobox'

import type { CustomField } from './api'

interface FieldInputProps {
  field: Pick<CustomField, 'kind' | 'options' | 'label'>
  value: unknown
  /** Null empties the field. */
  onChange: (value: unknown) => void
}

const INPUT_TYPE: Partial<Record<CustomField['kind'], string>> = { date: 'date', url: 'url', email: 'email' }

/** The control that fits a custom field's type; stands inside a `Field`. */
export function FieldInput({ field, value, onChange }: FieldInputProps) {
  switch (field.kind) {
    case 'checkbox':
      return <Switch checked={value === true} onChange={onChange} aria-label={field.label} />
    case 'select':
      return (
        <Select
          value={typeof value === 'string' ? value : 'none'}
          onChange={(next) => onChange(next === 'none' ? null : next)}
          options={[{ value: 'none', label: '—' }, ...field.options]}
        />
      )
    case 'multiselect':
      return (
        <Combobox
          isMultiple
          value={Array.isArray(value) ? value.map(String) : []}
          options={field.options}
          onChange={onChange}
        />
      )
    case 'textarea':
      return <Textarea value={String(value ?? '')} onChange={(event) => onChange(event.target.value || null)} />
    case 'number':
      return (
        <Input
          type="number"
          step="any"
          value={typeof value === 'number' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
        />
      )
    case 'datetime':
      return (
        <Input
          type="datetime-local"
          value={localOf(value)}
          onChange={(event) => onChange(event.target.value ? new Date(event.target.value).toISOString() : null)}
        />
      )
    default:
      return (
        <Input
          type={INPUT_TYPE[field.kind] ?? 'text'}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )
  }
}

/** A stored moment (UTC) as a `datetime-local` input shows it: in the reader's own time. */
function localOf(value: unknown): string {
  if (typeof value !== 'string') return ''
  const at = new Date(value)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
