import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { http } from '@/api/client'
import { Dialog } from '@/ui/dialog'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form, FormActions } from '@/ui/page'

import { knowledgeQueries, type Topic } from './api'
import { strings } from './strings'

interface TopicDialogProps {
  context: string | null
  /** Without one a new topic is made. */
  topic?: Topic
  onClose: () => void
}

export function TopicDialog({ context, topic, onClose }: TopicDialogProps) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [name, setName] = useState(topic?.name ?? '')
  const [description, setDescription] = useState(topic?.description ?? '')
  const save = useMutation({
    mutationFn: () => {
      const values = { name, description, context, parent_id: topic?.parent_id ?? null, icon: topic?.icon ?? '' }
      return topic ? http.put(`/admin/article-categories/${topic.id}`, values) : http.post('/admin/article-categories', values)
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: knowledgeQueries.topics().queryKey })
      onClose()
    },
  })
  return (
    <Dialog isOpen onOpenChange={onClose} size="sm" title={topic ? say.editTopic : say.addTopic}>
      <Form onSubmit={() => save.mutate()}>
        <FormError error={save.error} fields={['name', 'description']} />
        <Field label={say.topicName} error={fieldError(save.error, 'name')} isRequired>
          <Input value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={say.topicAbout} hint={say.topicAboutHint} isOptional>
          <Input value={description} maxLength={300} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <FormActions isBusy={save.isPending} isDirty={name.trim() !== ''} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}
