import { useMutation, useQuery } from '@tanstack/react-query'
import { SendHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'

import { FormFields } from '@/features/fields/form-fields'
import { openTicket, portalQueries } from '@/features/portal/api'
import { useBrandOf } from '@/features/portal/brand'
import { useDraft } from '@/features/portal/reply-box'
import { strings } from '@/features/portal/strings'
import { Suggestions, useJournal } from '@/features/portal/suggestions'
import type { Priority } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Field, fieldError, FormError } from '@/ui/field'
import { FileDrop, UploadList, useUploads } from '@/ui/files'
import { Input, Textarea } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form, PageHeader } from '@/ui/page'
import { Select } from '@/ui/select'
import { strings as words } from '@/ui/strings'
import { Segmented } from '@/ui/segmented'
import { toast } from '@/ui/toast'

const PRIORITIES: Priority[] = ['low', 'medium', 'high', 'urgent']

export default function NewTicketPage() {
  const say = useStrings(strings)
  const { priority: names } = useStrings(words)
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const { data } = useQuery(portalQueries.contexts())
  const contexts = data?.contexts ?? []
  const [chosen, choose] = useState<string>()
  const asked = params.get('context')?.toLowerCase()
  const known = contexts.find(({ name }) => name.toLowerCase() === asked) ?? (contexts.length === 1 ? contexts[0] : undefined)
  const context = chosen ?? known?.name
  useBrandOf(context)
  const [subject, setSubject] = useDraft('portal.new.subject', params.get('subject') ?? '')
  const [message, setMessage] = useDraft('portal.new.message')
  const [priority, setPriority] = useState<Priority>('medium')
  const [fields, setFields] = useState<Record<string, unknown>>({})
  const [key] = useState(() => `${Date.now()}-${Math.random()}`)
  const files = useUploads()

  const { noteSent, ...journal } = useJournal(context ?? '')

  const open = useMutation({
    mutationFn: async () => {
      const ticket = { context: context ?? say.general, subject, message, priority, custom_fields: fields }
      const answer = await openTicket(ticket, key)
      const waiting = files.uploads.filter((item) => item.state === 'waiting')
      const part = answer.message_id ? { message_id: answer.message_id } : undefined
      const sent = await Promise.all(
        waiting.map((item) => files.send(item, `/ticket/${answer.ticket_id}/attachments`, part)),
      )
      for (const [index, result] of sent.entries()) {
        if (!result) toast(say.fileFailed(waiting[index]?.file.name ?? ''), { tone: 'danger' })
      }
      return answer
    },
    onSuccess: (answer) => {
      noteSent()
      setSubject('')
      setMessage('')
      void navigate(`/portal/tickets/${answer.ticket_id}`, { replace: true })
    },
  })
  const isComplete = subject.trim() !== '' && message.trim() !== '' && (contexts.length < 2 || context !== undefined)
  return (
    <>
      <PageHeader title={say.newTicket} description={say.newTicketHint} back={{ to: '/portal', label: say.back }} />
      <div className="grid gap-6 lg:grid-cols-[1fr_17rem]">
        <Form onSubmit={() => open.mutate()} className="min-w-0 !space-y-5">
          <FormError error={open.error} fields={['subject', 'message', 'context', 'priority']} />
          {contexts.length > 1 && (
            <Field label={say.topic} isRequired error={fieldError(open.error, 'context')}>
              <Select
                value={context}
                onChange={choose}
                placeholder={say.topicHint}
                options={contexts.map(({ name }) => ({ value: name, label: name }))}
              />
            </Field>
          )}
          <Field label={say.subject} hint={say.subjectHint} isRequired error={fieldError(open.error, 'subject')}>
            <Input
              autoFocus={contexts.length < 2}
              maxLength={300}
              value={subject}
              onChange={(event) => setSubject(event.target.value)}
            />
          </Field>
          <div className="lg:hidden">
            <Suggestions words={subject} context={context ?? ''} {...journal} />
          </div>
          <Field label={say.message} isRequired error={fieldError(open.error, 'message')}>
            <Textarea
              rows={6}
              value={message}
              placeholder={say.messagePlaceholder}
              onChange={(event) => setMessage(event.target.value)}
            />
          </Field>
          <FormFields context={context ?? ''} values={fields} onChange={setFields} error={open.error} />
          <div>
            <p className="mb-1.5 text-sm font-medium">{say.priority}</p>
            <Segmented
              label={say.priority}
              value={priority}
              onChange={setPriority}
              options={PRIORITIES.map((value) => ({ value, label: names[value] }))}
            />
          </div>
          <div className="space-y-2">
            <p className="text-sm font-medium">{say.files}</p>
            <FileDrop onFiles={(list) => files.add(list)} />
            <p className="text-sm text-muted">{say.filesHint}</p>
            <UploadList uploads={files.uploads} onRemove={files.remove} />
          </div>
          <Button
            type="submit"
            variant="primary"
            size="lg"
            icon={<SendHorizontal />}
            isBusy={open.isPending}
            disabled={!isComplete}
          >
            {say.sendTicket}
          </Button>
        </Form>
        <aside className="max-lg:hidden">
          <div className="sticky top-20">
            <Suggestions words={`${subject} ${message}`.trim()} context={context ?? ''} {...journal} />
          </div>
        </aside>
      </div>
    </>
  )
}
