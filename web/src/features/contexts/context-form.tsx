import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'

import { Banner } from '@/ui/banner'
import { Switch } from '@/ui/choice'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input, Textarea } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form, FormActions } from '@/ui/page'
import { Select } from '@/ui/select'
import { toast } from '@/ui/toast'

import { BrandColor, hexOf, LogoField, LookPreview, useObjectUrl } from './look'
import { contextQueries, removeLogo, saveContext, uploadLogo, type Context, type ContextWrite } from './queries'
import { strings } from './strings'

const NONE = 'none'

interface ContextFormProps {
  context: Context | null
  onDone: () => void
}

/** Adds a context or changes one: who it is, how it looks, by what it mails and counts, how its AI speaks. */
export function ContextForm({ context, onDone }: ContextFormProps) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [draft, setDraft] = useState<ContextWrite>(() => draftOf(context))
  const [contacts, setContacts] = useState(draft.contacts?.join('\n') ?? '')
  const [file, setFile] = useState<File | null>(null)
  const [hasLogo, setHasLogo] = useState(Boolean(context?.logo_url))
  const chosen = useObjectUrl(file)
  const logoUrl = chosen ?? (hasLogo ? (context?.logo_url ?? null) : null)
  const change = (values: Partial<ContextWrite>): void => setDraft((now) => ({ ...now, ...values }))
  const save = useMutation({
    mutationFn: async () => {
      const lines = contacts.split('\n').map((line) => line.trim())
      const saved = await saveContext(context?.id, { ...draft, contacts: lines.filter(Boolean) })
      if (file) await uploadLogo(saved.id, file)
      else if (context?.logo_url && !hasLogo) await removeLogo(saved.id)
    },
    onSuccess: () => {
      toast(say.saved, { tone: 'success' })
      onDone()
    },
    onSettled: () => client.invalidateQueries({ queryKey: contextQueries.all }),
  })
  const error = (name: string) => fieldError(save.error, name)
  return (
    <Form onSubmit={() => save.mutate()} className="!space-y-7">
      <FormError error={save.error} fields={['name', 'color', 'email_account_id', 'calendar_id']} />
      <Part title={say.basics}>
        <Field label={say.name} hint={say.nameHint} error={error('name')} isRequired>
          <Input value={draft.name} onChange={(event) => change({ name: event.target.value })} maxLength={120} />
        </Field>
        {context && !isSameName(draft.name, context.name) && <Banner tone="warning">{say.renameHint(context.name)}</Banner>}
        <Field label={say.description} hint={say.descriptionHint} isOptional>
          <Input value={draft.description} onChange={(event) => change({ description: event.target.value })} maxLength={1000} />
        </Field>
        <Switch
          checked={draft.is_active ?? true}
          onChange={(isActive) => change({ is_active: isActive })}
          label={say.active}
          hint={say.activeHint}
        />
      </Part>
      <Part title={say.look} hint={say.lookHint}>
        <Field label={say.color} error={error('color')}>
          <BrandColor value={draft.color ?? ''} onChange={(color) => change({ color })} />
        </Field>
        <Field label={say.logo} hint={say.logoHint} isOptional>
          <LogoField
            url={logoUrl}
            onChoose={setFile}
            onRemove={() => {
              setFile(null)
              setHasLogo(false)
            }}
          />
        </Field>
        <Field label={say.tagline} hint={say.taglineHint} isOptional>
          <Input value={draft.tagline} onChange={(event) => change({ tagline: event.target.value })} maxLength={200} />
        </Field>
        <LookPreview name={draft.name} tagline={draft.tagline ?? ''} color={draft.color ?? ''} logoUrl={logoUrl} />
      </Part>
      <Part title={say.channels}>
        <AccountField value={draft.email_account_id ?? null} onChange={(id) => change({ email_account_id: id })} error={error('email_account_id')} />
        <CalendarField value={draft.calendar_id ?? null} onChange={(id) => change({ calendar_id: id })} error={error('calendar_id')} />
      </Part>
      <Part title={say.assistant}>
        <Switch checked={draft.ai_enabled ?? true} onChange={(isOn) => change({ ai_enabled: isOn })} label={say.ai} hint={say.aiHint} />
        <Field label={say.tone} hint={say.toneHint} isOptional>
          <Textarea value={draft.tone} onChange={(event) => change({ tone: event.target.value })} rows={2} maxLength={1000} />
        </Field>
        <Field label={say.contacts} hint={say.contactsHint} isOptional>
          <Textarea value={contacts} onChange={(event) => setContacts(event.target.value)} rows={3} />
        </Field>
      </Part>
      <FormActions isBusy={save.isPending} isDirty={draft.name.trim() !== ''} onCancel={onDone} />
    </Form>
  )
}

function draftOf(context: Context | null): ContextWrite {
  if (!context) return { name: '', description: '', color: '#2563c4', tagline: '', tone: '', contacts: [], ai_enabled: true, is_active: true }
  const { id: _, logo_url: _logo, ...values } = context
  return { ...values, color: hexOf(context.color ?? '') }
}

/** Two spellings of a name, as the server tells them apart. */
function isSameName(name: string, other: string): boolean {
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ')
  return plain(name) === plain(other)
}

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="space-y-4">
      <header className="border-b border-line pb-2">
        <h3 className="text-sm font-semibold">{title}</h3>
        {hint && <p className="mt-0.5 text-sm text-muted">{hint}</p>}
      </header>
      {children}
    </section>
  )
}

interface ReferenceProps {
  value: string | null
  onChange: (id: string | null) => void
  error: string | undefined
}

function AccountField({ value, onChange, error }: ReferenceProps) {
  const say = useStrings(strings)
  const { data } = useQuery(contextQueries.senders())
  const accounts = data?.senders.map(({ id, email }) => ({ value: id, label: email })) ?? []
  return (
    <Field label={say.account} hint={say.accountHint} error={error}>
      <Select
        value={value ?? NONE}
        onChange={(id) => onChange(id === NONE ? null : id)}
        options={[{ value: NONE, label: say.defaultAccount }, ...accounts]}
      />
    </Field>
  )
}

function CalendarField({ value, onChange, error }: ReferenceProps) {
  const say = useStrings(strings)
  const { data } = useQuery(contextQueries.calendars())
  const calendars = data?.calendars.map(({ id, name, timezone }) => ({ value: id, label: name, hint: timezone })) ?? []
  return (
    <Field label={say.calendar} hint={say.calendarHint} error={error}>
      <Select
        value={value ?? NONE}
        onChange={(id) => onChange(id === NONE ? null : id)}
        options={[{ value: NONE, label: say.defaultCalendar }, ...calendars]}
      />
    </Field>
  )
}
