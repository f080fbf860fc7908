import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { http } from '@/api/client'
import { Button } from '@/ui/button'
import { Field, fieldError, FormError } from '@/ui/field'
import { useStrings } from '@/ui/locale'
import { Form } from '@/ui/page'
import { toast } from '@/ui/toast'

import { fieldQueries } from './api'
import { FieldInput } from './field-input'
import { isShown } from './form-fields'
import { strings } from './strings'

interface TicketFieldsProps {
  ticketId: string
  values: Record<string, unknown>
  onSaved: () => void
}

/** The owner's own fields of a ticket, as staff fill them in. Nothing is shown where there are none. */
export function TicketFields({ ticketId, values, onSaved }: TicketFieldsProps) {
  const say = useStrings(strings)
  const { data: all = [] } = useQuery(fieldQueries.customFields)
  const [draft, setDraft] = useState<Record<string, unknown>>({})
  const save = useMutation({
    mutationFn: () => http.patch(`/ticket/${ticketId}`, { custom_fields: draft }),
    onSuccess: () => {
      toast(say.saved)
      setDraft({})
      onSaved()
    },
  })
  const shown = { ...values, ...draft }
  const fields = all.filter((field) => field.subject === 'ticket' && !field.archived_at && isShown(field.shown_when, shown))
  if (fields.length === 0) return <p className="text-sm text-muted">{say.noFields}</p>
  const isDirty = Object.entries(draft).some(([key, value]) => (values[key] ?? null) !== value)
  return (
    <Form onSubmit={() => save.mutate()} className="!space-y-3">
      <FormError error={save.error} fields={fields.map((field) => field.key)} />
      {fields.map((field) => (
        <Field
          key={field.id}
          label={field.label}
          isRequired={field.required !== 'never'}
          error={fieldError(save.error, field.key)}
        >
          <FieldInput
            field={field}
            value={shown[field.key]}
            onChange={(value) => setDraft({ ...draft, [field.key]: value })}
          />
        </Field>
      ))}
      {isDirty && (
        <div className="flex justify-end">
          <Button type="submit" size="sm" variant="primary" isBusy={save.isPending}>
            {say.save}
          </Button>
        </div>
      )}
    </Form>
  )
}

/** For customers: the fields of their ticket that were opened to them. */
export function CustomerFields({ context, values }: { context: string; values: Record<string, unknown> }) {
  const say = useStrings(strings)
  const { data: fields = [] } = useQuery({
    queryKey: ['form-fields', context],
    queryFn: async () => (await http.get<{ fields: { key: string; label: string; options: { value: string; label: string }[] }[] }>('/custom-fields', { context })).fields,
  })
  const filled = fields.filter((field) => values[field.key] !== undefined && values[field.key] !== null)
  if (filled.length === 0) return null
  const words = (value: unknown, options: { value: string; label: string }[]): string => {
    if (typeof value === 'boolean') return value ? say.yes : say.no
    if (Array.isArray(value)) return value.map((each) => words(each, options)).join(', ')
    return options.find((option) => option.value === value)?.label ?? String(value)
  }
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {filled.map((field) => (
        <div key={field.key} className="flex gap-1.5">
          <dt className="text-muted">{field.label}:</dt>
          <dd className="font-medium">{words(values[field.key], field.options)}</dd>
        </div>
      ))}
    </dl>
  )
}
