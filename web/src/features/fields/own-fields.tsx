import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { http } from '@/api/client'
import { peopleQueries } from '@/features/accounts/people-api'
import { strings } from '@/features/accounts/people-strings'
import { Field, fieldError, Form, FormActions, FormError, SettingsSection, toast, useStrings } from '@/ui'

import { fieldQueries } from './api'
import { FieldInput } from './field-input'

interface OwnFieldsProps {
  of: 'customer' | 'company'
  id: string
  values: Record<string, unknown>
}

/** The owner's own fields of a customer or company. */
export function OwnFields({ of, id, values }: OwnFieldsProps) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const { data: all = [] } = useQuery(fieldQueries.customFields)
  const [draft, setDraft] = useState(values)
  const save = useMutation({
    mutationFn: () => http.put(`/admin/${of === 'customer' ? 'customers' : 'companies'}/${id}/fields`, { values: draft }),
    onSuccess: () => {
      toast(say.saved)
      return client.invalidateQueries({ queryKey: peopleQueries.all })
    },
  })
  const fields = all.filter((field) => field.subject === of && !field.archived_at)
  if (fields.length === 0) return null
  return (
    <SettingsSection title={say.fields}>
      <Form onSubmit={() => save.mutate()}>
        <FormError error={save.error} fields={fields.map((field) => field.key)} />
        {fields.map((field) => (
          <Field key={field.id} label={field.label} hint={field.help || undefined} error={fieldError(save.error, field.key)}>
            <FieldInput
              field={field}
              value={draft[field.key]}
              onChange={(value) => setDraft({ ...draft, [field.key]: value })}
            />
          </Field>
        ))}
        <FormActions isBusy={save.isPending} isDirty={JSON.stringify(draft) !== JSON.stringify(values)} />
      </Form>
    </SettingsSection>
  )
}
