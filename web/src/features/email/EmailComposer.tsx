import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Eye, Paperclip, Pencil, Send } from 'lucide-react'
import { useState, type ClipboardEvent } from 'react'
import { Link } from 'react-router'

import { may, useUser } from '@/features/accounts/session'
import { Banner, Button, Field, fieldError, Form, FormError, Input, Select, Textarea, toast, useStrings } from '@/ui'
import { FileDrop, FilePicker, UploadList, useUploads } from '@/ui/files'
import { Markdown } from '@/ui/markdown'

import { emailQueries, previewTemplate, sendEmail, sendersQuery } from './api'
import { strings } from './strings'

const NONE = 'none'
const AUTOMATIC = 'automatic'

export interface EmailComposerProps {
  ticketId: string
  to: string
  subject: string
  /** Refreshes the thread, closes the composer. */
  onSent: () => void
  onCancel?: () => void
}

/** A mail from the ticket: recipients, copies, account, template, files. It counts as the reply. */
export function EmailComposer({ ticketId, to, subject, onSent, onCancel }: EmailComposerProps) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const user = useUser()
  const { data: senders } = useQuery(sendersQuery())
  const uploads = useUploads<{ file: { id: string } }>()
  const [values, setValues] = useState({ to, cc: '', bcc: '', replyTo: '', subject, text: '', account: AUTOMATIC, template: NONE })
  const [shown, setShown] = useState({ cc: false, bcc: false, replyTo: false })
  const [isPreview, setPreview] = useState(false)
  const set = (name: keyof typeof values, value: string): void => setValues((all) => ({ ...all, [name]: value }))
  const send = useMutation({
    mutationFn: async () => {
      const files = uploads.uploads.map((item) => item.result?.file.id).filter((id) => id !== undefined)
      return sendEmail(ticketId, {
        to_emails: addresses(values.to),
        cc_emails: addresses(values.cc),
        bcc_emails: addresses(values.bcc),
        ...(values.replyTo.trim() && { reply_to: values.replyTo.trim() }),
        subject: values.subject,
        body_text: values.text,
        ...(values.account !== AUTOMATIC && { account_id: values.account }),
        ...(values.template !== NONE && { template_id: values.template }),
        attachment_ids: files,
      })
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: emailQueries.all })
      toast(say.sent, { tone: 'success' })
      onSent()
    },
  })
  const addFiles = (files: File[]): void => {
    for (const item of uploads.add(files)) if (item.state === 'waiting') void uploads.send(item, '/files')
  }
  // A picture that is pasted is uploaded and named where the text goes on; it travels inside the mail.
  const pastePictures = (files: File[]): void => {
    for (const item of uploads.add(files)) {
      if (item.state !== 'waiting') continue
      void uploads.send(item, '/files').then((result) => {
        if (result) setValues((all) => ({ ...all, text: `${all.text}${all.text && '\n\n'}![${item.file.name}](/attachment/${result.file.id})\n\n` }))
      })
    }
  }
  const isUploading = uploads.uploads.some((item) => item.state === 'sending')
  const field = (name: 'to' | 'cc' | 'bcc' | 'replyTo', label: string, errorName: string) => (
    <Field label={label} error={fieldError(send.error, errorName)}>
      <Input value={values[name]} onChange={(event) => set(name, event.target.value)} autoComplete="off" spellCheck={false} />
    </Field>
  )
  if (senders?.senders.length === 0) {
    const toSettings = (
      <Button size="sm" asChild>
        <Link to="/app/settings/email-accounts">{say.accounts}</Link>
      </Button>
    )
    return <Banner tone="warning" action={may(user, 'email.manage') && toSettings}>{say.noAccountToSend}</Banner>
  }
  return (
    <FileDrop onFiles={addFiles}>
      <Form onSubmit={() => send.mutate()} className="space-y-3" aria-label={say.newEmail}>
        <FormError error={send.error} fields={['to_emails', 'cc_emails', 'bcc_emails', 'reply_to', 'subject', 'body_text']} />
        <Field label={say.to} error={fieldError(send.error, 'to_emails')} aside={<Extra shown={shown} onShow={(name) => setShown({ ...shown, [name]: true })} />}>
          <Input value={values.to} onChange={(event) => set('to', event.target.value)} autoComplete="off" spellCheck={false} />
        </Field>
        {shown.cc && field('cc', say.cc, 'cc_emails')}
        {shown.bcc && field('bcc', say.bcc, 'bcc_emails')}
        {shown.replyTo && field('replyTo', say.replyTo, 'reply_to')}
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={say.account}>
            <Select
              value={values.account}
              onChange={(value) => set('account', value)}
              options={[{ value: AUTOMATIC, label: senders?.senders.find((s) => s.is_default)?.email ?? '…' }, ...(senders?.senders ?? []).filter((s) => !s.is_default).map((s) => ({ value: s.id, label: s.email }))]}
            />
          </Field>
          <TemplatePicker
            ticketId={ticketId}
            value={values.template}
            onPick={(id, filled) => setValues((all) => ({ ...all, template: id, ...(filled && { subject: filled.subject, text: filled.body_text }) }))}
          />
        </div>
        <Field label={say.subject} error={fieldError(send.error, 'subject')}>
          <Input value={values.subject} onChange={(event) => set('subject', event.target.value)} maxLength={500} />
        </Field>
        {isPreview ? (
          <div className="min-h-32 rounded-md border border-line bg-sunken px-3 py-2">
            <Markdown text={values.text} />
          </div>
        ) : (
          <Field label={say.message} hint={say.markdownHint} error={fieldError(send.error, 'body_text')}>
            <Textarea rows={7} maxRows={20} value={values.text} onChange={(event) => set('text', event.target.value)} onPaste={(event) => takePictures(event, pastePictures)} />
          </Field>
        )}
        <UploadList uploads={uploads.uploads} onRemove={uploads.remove} />
        <div className="flex flex-wrap items-center gap-2">
          <FilePicker onFiles={addFiles} className="inline-flex h-8 items-center gap-1.5 rounded-sm px-2.5 text-sm font-medium text-muted hover:bg-hover hover:text-ink">
            <Paperclip className="size-4" aria-hidden />
            {say.attach}
          </FilePicker>
          <Button variant="ghost" icon={isPreview ? <Pencil /> : <Eye />} onClick={() => setPreview(!isPreview)}>
            {isPreview ? say.write : say.preview}
          </Button>
          <span className="flex-1" />
          {onCancel && <Button onClick={onCancel}>{say.cancel}</Button>}
          <Button type="submit" variant="primary" icon={<Send />} isBusy={send.isPending} disabled={isUploading || !values.to.trim() || !values.text.trim()}>
            {say.send}
          </Button>
        </div>
      </Form>
    </FileDrop>
  )
}

function takePictures(event: ClipboardEvent, onPictures: (files: File[]) => void): void {
  const pictures = [...event.clipboardData.files].filter((file) => file.type.startsWith('image/'))
  if (pictures.length === 0) return
  event.preventDefault()
  event.stopPropagation() // else the area around takes them as plain attachments
  onPictures(pictures)
}

type Hidden = 'cc' | 'bcc' | 'replyTo'

function Extra({ shown, onShow }: { shown: Record<Hidden, boolean>; onShow: (name: Hidden) => void }) {
  const say = useStrings(strings)
  const labels: [Hidden, string][] = [
    ['cc', say.addCc],
    ['bcc', say.addBcc],
    ['replyTo', say.addReplyTo],
  ]
  return (
    <span className="flex gap-2">
      {labels
        .filter(([name]) => !shown[name])
        .map(([name, label]) => (
          <button key={name} type="button" className="rounded-xs text-muted hover:text-ink" onClick={() => onShow(name)}>
            {label}
          </button>
        ))}
    </span>
  )
}

interface PickerProps {
  ticketId: string
  value: string
  onPick: (id: string, filled: { subject: string; body_text: string } | null) => void
}

/** Own templates, filled in with this ticket when one is chosen. */
function TemplatePicker({ ticketId, value, onPick }: PickerProps) {
  const say = useStrings(strings)
  const { data } = useQuery(emailQueries.templates())
  const own = (data?.templates ?? []).filter((template) => template.template_type === 'custom' && template.is_active)
  const pick = async (id: string): Promise<void> => {
    const template = own.find((entry) => entry.id === id)
    if (!template) return onPick(NONE, null)
    const { subject, body_text, body_html, variables } = template
    onPick(id, await previewTemplate({ ticket_id: ticketId, subject, body_text, body_html, variables, template_type: 'custom' }))
  }
  return (
    <Field label={say.template}>
      <Select
        value={value}
        onChange={(id) => void pick(id)}
        options={[{ value: NONE, label: say.noTemplate }, ...own.map((template) => ({ value: template.id, label: template.name }))]}
      />
    </Field>
  )
}

function addresses(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean)
}
