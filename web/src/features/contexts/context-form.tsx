import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { api, data } from '@/api/client'
import { ColorPicker } from '@/ui/badge'
import { Switch } from '@/ui/choice'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input, Textarea } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form, FormActions } from '@/ui/page'
import { toast } from '@/ui/toast'

import { contextQueries, type Context, type ContextWrite } from './queries'
import { strings } from './strings'

interface ContextFormProps {
  context: Context | null
  onDone: () => void
}

/** Adds a context or changes one. */
export function ContextForm({ context, onDone }: ContextFormProps) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [name, setName] = useState(context?.name ?? '')
  const [description, setDescription] = useState(context?.description ?? '')
  const [color, setColor] = useState(context?.color ?? 'blue')
  const [tone, setTone] = useState(context?.tone ?? '')
  const [contacts, setContacts] = useState((context?.contacts ?? []).join('\n'))
  const [hasAi, setHasAi] = useState(context?.ai_enabled ?? true)
  const [isActive, setActive] = useState(context?.is_active ?? true)
  const save = useMutation({
    mutationFn: () => {
      const body: ContextWrite = {
        name,
        description,
        color,
        tone,
        contacts: contacts.split('\n').map((line) => line.trim()).filter(Boolean),
        ai_enabled: hasAi,
        is_active: isActive,
        settings: context?.settings ?? {},
      }
      return context
        ? data(api.PUT('/admin/contexts/{context_id}', { params: { path: { context_id: context.id } }, body }))
        : data(api.POST('/admin/contexts', { body }))
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: contextQueries.all })
      toast(say.saved, { tone: 'success' })
      onDone()
    },
  })
  return (
    <Form onSubmit={() => save.mutate()}>
      <FormError error={save.error} fields={['name']} />
      <Field label={say.name} hint={say.nameHint} error={fieldError(save.error, 'name')} isRequired>
        <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={120} />
      </Field>
      <Field label={say.description} hint={say.descriptionHint} isOptional>
        <Input value={description} onChange={(event) => setDescription(event.target.value)} maxLength={1000} />
      </Field>
      <Field label={say.color}>
        <ColorPicker value={color} onChange={setColor} label={say.color} />
      </Field>
      <Switch checked={hasAi} onChange={setHasAi} label={say.ai} hint={say.aiHint} />
      <Field label={say.tone} hint={say.toneHint} isOptional>
        <Textarea value={tone} onChange={(event) => setTone(event.target.value)} rows={2} maxLength={1000} />
      </Field>
      <Field label={say.contacts} hint={say.contactsHint} isOptional>
        <Textarea value={contacts} onChange={(event) => setContacts(event.target.value)} rows={3} />
      </Field>
      <Switch checked={isActive} onChange={setActive} label={say.active} hint={say.activeHint} />
      <FormActions isBusy={save.isPending} isDirty={name.trim() !== ''} onCancel={onDone} />
    </Form>
  )
}
