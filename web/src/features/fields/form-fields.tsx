import { useQuery } from '@tanstack/react-query'

import { http } from '@/api/client'
import { Field, fieldError } from '@/ui/field'

import type { CustomField, FieldRule } from './api'
import { FieldInput } from './field-input'

type FormField = Pick<CustomField, 'key' | 'label' | 'help' | 'kind' | 'options' | 'required' | 'shown_when' | 'customer_access'>
type Values = Record<string, unknown>

export const formFieldsQuery = (context: string) => ({
  queryKey: ['form-fields', context],
  queryFn: async () => (await http.get<{ fields: FormField[] }>('/custom-fields', { context })).fields,
})

/** Whether a conditional field is asked for; the server decides the same. */
export function isShown(rule: FieldRule | null, values: Values): boolean {
  if (!rule) return true
  const found = values[rule.key] ?? null
  const isEmpty = found === null || found === '' || (Array.isArray(found) && found.length === 0)
  switch (rule.operator) {
    case 'is_set':
      return !isEmpty
    case 'is_not_set':
      return isEmpty
    case 'is':
      return found === rule.value
    case 'is_not':
      return found !== rule.value
    case 'is_any_of':
      return Array.isArray(rule.value) && rule.value.includes(found)
    case 'includes':
      return Array.isArray(found) && found.includes(rule.value)
  }
}

interface FormFieldsProps {
  context: string
  values: Values
  onChange: (values: Values) => void
  error: unknown
}

/** The owner's own fields that customers fill in when they open a ticket. */
export function FormFields({ context, values, onChange, error }: FormFieldsProps) {
  const { data: fields = [] } = useQuery(formFieldsQuery(context))
  return fields
    .filter((field) => field.customer_access === 'write' && isShown(field.shown_when, values))
    .map((field) => (
      <Field
        key={field.key}
        label={field.label}
        hint={field.help || undefined}
        isRequired={field.required === 'on_creation'}
        error={fieldError(error, field.key)}
      >
        <FieldInput
          field={field}
          value={values[field.key]}
          onChange={(value) => onChange({ ...values, [field.key]: value })}
        />
      </Field>
    ))
}
