import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useDeferredValue, useRef, useState } from 'react'

import { contextQueries } from '@/features/contexts/queries'
import { Button, Field, fieldError, Form, FormActions, FormError, Input, Select, Switch, Textarea, toast, toastError, useStrings } from '@/ui'

import { emailQueries, previewTemplate, saveTemplate, sendTest, type Template, type TemplateType } from './api'
import { HtmlFrame } from './html-frame'
import { strings } from './strings'

const TYPES: TemplateType[] = ['ticket_created', 'ticket_reply', 'ticket_closed', 'ticket_assigned', 'custom']
const ANY = 'any'

interface EditorProps {
  template: Template | null
  placeholders: string[]
  onDone: () => void
}

/** Words of a mail beside what becomes of them. */
export function TemplateEditor({ template, placeholders, onDone }: EditorProps) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const { data: contexts } = useQuery(contextQueries.list())
  const [values, setValues] = useState({
    name: template?.name ?? '',
    subject: template?.subject ?? '',
    body_text: template?.body_text ?? '',
    body_html: template?.body_html ?? '',
    template_type: template?.template_type ?? ('custom' as TemplateType),
    context_id: template?.context_id ?? '',
    is_active: template?.is_active ?? true,
  })
  const area = useRef<HTMLTextAreaElement>(null)
  const set = <K extends keyof typeof values>(name: K, value: (typeof values)[K]): void => setValues((all) => ({ ...all, [name]: value }))
  const body = { ...values, body_html: values.body_html || null, context_id: values.context_id || null }
  const save = useMutation({
    mutationFn: () => saveTemplate({ ...body, ...(template && { id: template.id }) }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: emailQueries.all })
      toast(say.templateSaved, { tone: 'success' })
      onDone()
    },
  })
  const insert = (name: string): void => {
    const at = area.current?.selectionStart ?? values.body_text.length
    set('body_text', `${values.body_text.slice(0, at)}{{${name}}}${values.body_text.slice(at)}`)
    requestAnimationFrame(() => area.current?.focus())
  }
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Form onSubmit={() => save.mutate()}>
        <FormError error={save.error} fields={['subject', 'body_text', 'variables', 'template_type']} />
        <Field label={say.name} isRequired>
          <Input value={values.name} maxLength={200} onChange={(event) => set('name', event.target.value)} />
        </Field>
        <div className="grid gap-4 sm:max-lg:grid-cols-2">
          <Field label={say.type} hint={say.receivers[values.template_type]}>
            <Select
              value={values.template_type}
              onChange={(value) => set('template_type', value)}
              options={TYPES.map((value) => ({ value, label: say.types[value] ?? value }))}
            />
          </Field>
          <Field label={say.context}>
            <Select
              value={values.context_id || ANY}
              onChange={(value) => set('context_id', value === ANY ? '' : value)}
              options={[{ value: ANY, label: say.allContexts }, ...(contexts ?? []).map((c) => ({ value: c.id, label: c.name }))]}
            />
          </Field>
        </div>
        <Field label={say.subject} error={fieldError(save.error, 'subject')} isRequired>
          <Input value={values.subject} maxLength={500} onChange={(event) => set('subject', event.target.value)} />
        </Field>
        <Field label={say.text} hint={say.textHint} error={fieldError(save.error, 'body_text')} isRequired>
          <Textarea ref={area} rows={9} maxRows={24} value={values.body_text} onChange={(event) => set('body_text', event.target.value)} />
        </Field>
        <Placeholders names={placeholders} onInsert={insert} />
        <Field label={say.html} hint={say.htmlHint} isOptional>
          <Textarea rows={3} value={values.body_html} className="font-mono text-sm" onChange={(event) => set('body_html', event.target.value)} spellCheck={false} />
        </Field>
        <Switch checked={values.is_active} onChange={(isOn) => set('is_active', isOn)} label={say.isActive} hint={say.sentNothing} />
        <FormActions isBusy={save.isPending} isDirty={Boolean(values.name.trim() && values.subject.trim())} onCancel={onDone} />
      </Form>
      <Preview values={body} />
    </div>
  )
}

function Placeholders({ names, onInsert }: { names: string[]; onInsert: (name: string) => void }) {
  const say = useStrings(strings)
  return (
    <div role="group" aria-label={say.placeholders} className="flex flex-wrap gap-1.5">
      {names.map((name) => (
        <button
          key={name}
          type="button"
          onClick={() => onInsert(name)}
          className="rounded-xs border border-line bg-sunken px-1.5 py-0.5 font-mono text-xs text-muted hover:border-line-strong hover:text-ink"
        >
          {`{{${name}}}`}
        </button>
      ))}
    </div>
  )
}

interface PreviewProps {
  values: { subject: string; body_text: string; body_html: string | null; template_type: TemplateType }
}

/** The mail as it will look, and a button that really sends it. */
function Preview({ values }: PreviewProps) {
  const say = useStrings(strings)
  const { subject, body_text, body_html, template_type } = useDeferredValue(values)
  const words = { subject, body_text, body_html, template_type }
  const [to, setTo] = useState('')
  const shown = useQuery({
    queryKey: [...emailQueries.all, 'preview', words],
    queryFn: () => previewTemplate(words),
    enabled: Boolean(subject.trim() && body_text.trim()),
    placeholderData: (before) => before,
    retry: false,
  })
  const test = useMutation({
    mutationFn: () => sendTest({ ...words, to_email: to }),
    onSuccess: () => toast(say.testSent, { tone: 'success' }),
    onError: (error) => toastError(error, say.testFailed),
  })
  return (
    <section aria-label={say.preview} className="flex min-w-0 flex-col gap-3 lg:sticky lg:top-0 lg:self-start">
      <div className="overflow-hidden rounded-lg border border-line">
        <div className="border-b border-line bg-sunken px-4 py-3">
          <p className="truncate font-medium">{shown.data?.subject ?? subject}</p>
          <p className="text-sm text-muted">{say.previewWith}</p>
        </div>
        {shown.error ? (
          <p role="alert" className="px-4 py-3 text-sm text-red">{shown.error.message}</p>
        ) : !shown.data ? (
          <p className="px-4 py-12 text-center text-sm text-muted">{say.previewEmpty}</p>
        ) : (
          <HtmlFrame html={shown.data.body_html} minHeight={260} />
        )}
      </div>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          test.mutate()
        }}
      >
        <Field label={say.sendTest} className="flex-1">
          <Input type="email" value={to} onChange={(event) => setTo(event.target.value)} />
        </Field>
        <Button type="submit" className="h-9" icon={<Send />} isBusy={test.isPending} disabled={!to.includes('@')}>
          {say.sendIt}
        </Button>
      </form>
    </section>
  )
}
