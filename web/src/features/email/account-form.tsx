import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'

import { contextQueries } from '@/features/contexts/queries'
import { Banner, Field, fieldError, Form, FormActions, FormError, Input, PasswordInput, Select, Switch, Textarea, toast, useStrings } from '@/ui'

import { emailQueries, saveAccount, type Account, type AccountWrite } from './api'
import { PresetPicker } from './preset-picker'
import { presetOf, presets, type PresetId } from './presets'
import { strings } from './strings'

const ANY = 'any'

/** Adds an account or changes one. Secrets are only ever written. */
export function AccountForm({ account, onDone }: { account: Account | null; onDone: (saved?: Account) => void }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const { data: contexts } = useQuery(contextQueries.list())
  const [preset, setPreset] = useState<PresetId>(account ? presetOf(account) : 'gmail')
  const [values, setValues] = useState(() => initial(account))
  const chosen = presets.find((entry) => entry.id === preset)
  const set = <K extends keyof typeof values>(name: K, value: (typeof values)[K]): void => setValues((all) => ({ ...all, [name]: value }))
  const save = useMutation({
    mutationFn: () => saveAccount(toBody(account, preset, values)),
    onSuccess: (answer) => {
      void client.invalidateQueries({ queryKey: emailQueries.all })
      toast(say.saved, { tone: 'success' })
      onDone(answer.account)
    },
  })
  const choose = (id: PresetId): void => {
    setPreset(id)
    const servers = presets.find((entry) => entry.id === id)?.servers
    if (servers) setValues((all) => ({ ...all, ...servers, imap_enabled: true }))
  }
  const kept = (name: string): string | undefined => (account?.secret_names.includes(name) ? say.secretKept : undefined)
  const error = (name: string): string | undefined => fieldError(save.error, name)
  const text = (name: TextField, label: string, hint?: string, isOptional = false) => (
    <Field label={label} hint={hint} error={error(name)} isOptional={isOptional}>
      <Input value={values[name]} onChange={(event) => set(name, event.target.value)} autoComplete="off" spellCheck={false} />
    </Field>
  )
  const secret = (name: SecretField, label: string, hint?: string) => (
    <Field label={label} hint={hint ?? kept(name)} error={error(name)}>
      <PasswordInput value={values[name]} onChange={(event) => set(name, event.target.value)} autoComplete="new-password" />
    </Field>
  )
  return (
    <Form onSubmit={() => save.mutate()}>
      <FormError error={save.error} fields={['email', 'smtp_host', 'smtp_port', 'smtp_password', 'api_key', 'imap_host', 'imap_port']} />
      <PresetPicker value={preset} onChange={choose} label={say.service} />
      {text('email', say.email)}
      {text('display_name', say.displayName, say.displayNameHint, true)}
      {chosen?.passwordUrl && (
        <Banner action={<a className="inline-flex items-center gap-1 font-medium whitespace-nowrap hover:underline" href={chosen.passwordUrl} target="_blank" rel="noreferrer">{say.makeOne}<ExternalLink className="size-3.5" aria-hidden /></a>}>
          {say.appPassword}
        </Banner>
      )}
      {chosen?.provider === 'smtp' && (
        <>
          {secret('smtp_password', say.password)}
          {text('smtp_username', say.user, say.userHint, true)}
          <fieldset className="grid grid-cols-[1fr_6rem] gap-3">
            <legend className="mb-1.5 text-sm font-medium">{say.sending}</legend>
            {text('smtp_host', say.server)}
            <Port label={say.port} value={values.smtp_port} onChange={(value) => set('smtp_port', value)} error={error('smtp_port')} />
          </fieldset>
        </>
      )}
      {(preset === 'sendgrid' || preset === 'mailgun') && secret('api_key', say.apiKey)}
      {preset === 'mailgun' && (
        <>
          {text('domain', say.domain, undefined, true)}
          {text('region', say.region, 'us, eu', true)}
          {secret('webhook_signing_key', say.signingKey, say.signingKeyHint)}
        </>
      )}
      {preset === 'ses' && (
        <>
          {text('access_key_id', say.accessKey)}
          {secret('secret_access_key', say.secretKey)}
          {text('region', say.region, 'eu-west-1, us-east-1, …')}
          {text('topic_arn', say.topic, say.topicHint, true)}
        </>
      )}
      {chosen?.provider === 'smtp' && (
        <fieldset className="space-y-3">
          <Switch checked={values.imap_enabled} onChange={(isOn) => set('imap_enabled', isOn)} label={say.fetchOn} hint={say.fetchingAbout} />
          {values.imap_enabled && (
            <div className="grid grid-cols-[1fr_6rem] gap-3">
              {text('imap_host', `IMAP · ${say.server}`)}
              <Port label={say.port} value={values.imap_port} onChange={(value) => set('imap_port', value)} error={error('imap_port')} />
            </div>
          )}
        </fieldset>
      )}
      {(contexts?.length ?? 0) > 0 && (
        <Field label={say.context} hint={say.contextHint}>
          <Select
            value={values.context_id || ANY}
            onChange={(value) => set('context_id', value === ANY ? '' : value)}
            options={[{ value: ANY, label: say.allContexts }, ...(contexts ?? []).map((c) => ({ value: c.id, label: c.name }))]}
          />
        </Field>
      )}
      <Field label={say.signature} hint={say.signatureHint} isOptional>
        <Textarea rows={3} value={values.signature} onChange={(event) => set('signature', event.target.value)} />
      </Field>
      <Switch checked={values.uses_reply_tokens} onChange={(isOn) => set('uses_reply_tokens', isOn)} label={say.replyTokens} hint={say.replyTokensHint} />
      <Switch checked={values.is_default} onChange={(isOn) => set('is_default', isOn)} label={say.isDefault} hint={say.isDefaultHint} />
      <Switch checked={values.is_active} onChange={(isOn) => set('is_active', isOn)} label={say.isActive} hint={say.isActiveHint} />
      <FormActions isBusy={save.isPending} isDirty={values.email.trim() !== ''} onCancel={() => onDone()} />
    </Form>
  )
}

interface PortProps {
  label: string
  value: number
  onChange: (value: number) => void
  error?: string | undefined
}

function Port({ label, value, onChange, error }: PortProps) {
  return (
    <Field label={label} error={error}>
      <Input type="number" inputMode="numeric" min={1} max={65535} value={value || ''} onChange={(event) => onChange(Number(event.target.value))} />
    </Field>
  )
}

type SecretField = 'smtp_password' | 'api_key' | 'secret_access_key' | 'webhook_signing_key'
type TextField = 'email' | 'display_name' | 'smtp_host' | 'smtp_username' | 'imap_host' | 'domain' | 'region' | 'access_key_id' | 'topic_arn'

function initial(account: Account | null) {
  const gmail = presets[0]?.servers
  const open = (account?.credentials ?? {}) as Record<string, string | undefined>
  return {
    email: account?.email ?? '',
    display_name: account?.display_name ?? '',
    smtp_host: account?.smtp_host ?? gmail?.smtp_host ?? '',
    smtp_port: account?.smtp_port ?? gmail?.smtp_port ?? 587,
    smtp_username: account?.smtp_username ?? '',
    smtp_password: '',
    api_key: '',
    secret_access_key: '',
    webhook_signing_key: '',
    domain: open.domain ?? '',
    region: open.region ?? '',
    access_key_id: open.access_key_id ?? '',
    topic_arn: open.topic_arn ?? '',
    imap_host: account?.imap_host ?? gmail?.imap_host ?? '',
    imap_port: account?.imap_port ?? gmail?.imap_port ?? 993,
    imap_enabled: account?.imap_enabled ?? true,
    context_id: account?.context_id ?? '',
    signature: account?.signature ?? '',
    uses_reply_tokens: account?.uses_reply_tokens ?? false,
    is_default: account?.is_default ?? false,
    is_active: account?.is_active ?? true,
  }
}

/** Only what belongs to the chosen service; a secret that was not typed is not sent. */
function toBody(account: Account | null, preset: PresetId, values: ReturnType<typeof initial>): AccountWrite {
  const provider = presets.find((entry) => entry.id === preset)?.provider ?? 'smtp'
  const credentials: Record<string, string> = {}
  const names: (SecretField | TextField)[] =
    preset === 'mailgun' ? ['domain', 'region', 'webhook_signing_key'] : preset === 'ses' ? ['access_key_id', 'secret_access_key', 'region', 'topic_arn'] : []
  for (const name of names) if (values[name]) credentials[name] = values[name]
  const isSmtp = provider === 'smtp'
  return {
    ...(account && { id: account.id }),
    email: values.email,
    display_name: values.display_name,
    provider,
    smtp_host: isSmtp ? values.smtp_host : '',
    smtp_port: values.smtp_port,
    smtp_username: isSmtp ? values.smtp_username : '',
    ...(isSmtp && values.smtp_password && { smtp_password: values.smtp_password }),
    ...(!isSmtp && values.api_key && { api_key: values.api_key }),
    ...(Object.keys(credentials).length > 0 && { credentials }),
    imap_host: isSmtp ? values.imap_host : '',
    imap_port: values.imap_port,
    imap_enabled: isSmtp && values.imap_enabled && values.imap_host !== '',
    context_id: values.context_id || null,
    signature: values.signature,
    uses_reply_tokens: values.uses_reply_tokens,
    is_default: values.is_default,
    is_active: values.is_active,
  }
}
