import { useMutation, useQueryClient } from '@tanstack/react-query'
import { BookOpenText, Sparkles } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import { http } from '@/api/client'
import {
  Banner,
  Button,
  Field,
  fieldError,
  Form,
  FormActions,
  FormError,
  Input,
  PasswordInput,
  RadioGroup,
  SettingsSection,
  Switch,
  Textarea,
  toast,
  useFormat,
  useStrings,
} from '@/ui'

import { aiQueries, type AiSettings, type AiSettingsWrite, type ProviderTested } from './queries'
import { strings } from './strings'

type Values = Record<NumberField | TextField, string> & { isOn: boolean; provider: 'embedded' | 'openai'; words: string; key: string }
type NumberField =
  | 'target_precision' | 'threshold' | 'per_window' | 'window_seconds' | 'per_customer_day' | 'per_day' | 'daily_budget' | 'input_price' | 'output_price'
type TextField = 'tone' | 'base_url' | 'model' | 'embedding_model'

const NUMBERS: NumberField[] = ['target_precision', 'threshold', 'per_window', 'window_seconds', 'per_customer_day', 'per_day', 'daily_budget', 'input_price', 'output_price']
const TEXTS: TextField[] = ['tone', 'base_url', 'model', 'embedding_model']
const SHARES: NumberField[] = ['target_precision', 'threshold']

function shown(settings: AiSettings, name: NumberField): string {
  const value = settings[name]
  if (value === null || value === undefined) return ''
  return SHARES.includes(name) ? String(Math.round(value * 1000) / 10) : String(value)
}

function valuesOf(settings: AiSettings): Values {
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, shown(settings, name)])) as Record<NumberField, string>
  const texts = Object.fromEntries(TEXTS.map((name) => [name, settings[name] ?? ''])) as Record<TextField, string>
  return {
    ...numbers, ...texts,
    isOn: settings.is_enabled ?? settings.effective.is_enabled,
    provider: (settings.provider ?? settings.effective.provider) === 'openai' ? 'openai' : 'embedded',
    words: (settings.extra_words ?? []).join('\n'),
    key: '',
  }
}

function bodyOf(values: Values): AiSettingsWrite {
  const numbers = Object.fromEntries(
    NUMBERS.map((name) => [name, values[name].trim() === '' ? null : Number(values[name].replace(',', '.')) / (SHARES.includes(name) ? 100 : 1)]),
  )
  const texts = Object.fromEntries(TEXTS.map((name) => [name, values[name].trim() || null]))
  const words = values.words.split('\n').map((word) => word.trim()).filter(Boolean)
  return {
    ...numbers, ...texts,
    is_enabled: values.isOn,
    provider: values.provider,
    extra_words: words.length ? words : null,
    ...(values.key && { api_key: values.key }),
  } as AiSettingsWrite
}

/** All settings of the AI for one context, or for all. */
export function AiSettingsForm({ settings, context }: { settings: AiSettings; context: string }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [values, setValues] = useState(() => valuesOf(settings))
  const set = <K extends keyof Values>(name: K, value: Values[K]): void => setValues((old) => ({ ...old, [name]: value }))
  const save = useMutation({
    mutationFn: (body: AiSettingsWrite) => http.put<AiSettings>(`/admin/ai/settings${context ? `?context=${encodeURIComponent(context)}` : ''}`, body),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: aiQueries.all })
      setValues(valuesOf(saved))
      toast(say.saved)
    },
  })
  const isDirty = JSON.stringify(values) !== JSON.stringify(valuesOf(settings))
  const parts = { values, set, settings, error: save.error }
  return (
    <Form onSubmit={() => save.mutate(bodyOf(values))} className="space-y-6">
      <SettingsSection>
        <Switch checked={values.isOn} onChange={(isOn) => set('isOn', isOn)} label={say.on} hint={say.onHint} />
      </SettingsSection>
      <Certainty {...parts} />
      <Writer {...parts} context={context} onKeyRemoved={() => save.mutate({ api_key: '' })} />
      <Meaning {...parts} />
      <Limits {...parts} />
      <SettingsSection title={say.words} description={say.wordsHint}>
        <Field label={say.words}>
          <Textarea value={values.words} onChange={(event) => set('words', event.target.value)} rows={3} />
        </Field>
      </SettingsSection>
      <FormError error={save.error} fields={['base_url', 'embedding_base_url']} />
      <FormActions isBusy={save.isPending} isDirty={isDirty} />
    </Form>
  )
}

interface Part {
  values: Values
  set: <K extends keyof Values>(name: K, value: Values[K]) => void
  settings: AiSettings
  error: unknown
}

function NumberInput({ name, values, set, placeholder, unit }: Pick<Part, 'values' | 'set'> & { name: NumberField; placeholder: string; unit?: string }) {
  return (
    <Input
      inputMode="decimal"
      value={values[name]}
      placeholder={placeholder}
      onChange={(event) => set(name, event.target.value)}
      {...(unit && { trail: <span className="pr-2 text-sm text-muted">{unit}</span> })}
    />
  )
}

function Certainty({ values, set, settings }: Part) {
  const say = useStrings(strings)
  const format = useFormat()
  const { effective } = settings
  return (
    <SettingsSection title={say.sure}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={say.target} hint={say.targetHint(format.percent(effective.threshold))}>
          <NumberInput name="target_precision" values={values} set={set} placeholder={String(effective.target_precision * 100)} unit="%" />
        </Field>
        <Field label={say.ownThreshold} hint={say.ownThresholdHint} isOptional>
          <NumberInput name="threshold" values={values} set={set} placeholder={String(Math.round(effective.threshold * 100))} unit="%" />
        </Field>
      </div>
      <Field label={say.tone} hint={say.toneHint} className="mt-4">
        <Input value={values.tone} placeholder={effective.tone} onChange={(event) => set('tone', event.target.value)} />
      </Field>
    </SettingsSection>
  )
}

function Choice({ icon, title, hint }: { icon: ReactNode; title: string; hint: string }) {
  return (
    <span className="block">
      <span className="flex items-center gap-2 font-medium">
        {icon} {title}
      </span>
      <span className="mt-0.5 block text-sm text-muted">{hint}</span>
    </span>
  )
}

function Writer({ values, set, settings, error, context, onKeyRemoved }: Part & { context: string; onKeyRemoved: () => void }) {
  const say = useStrings(strings)
  const test = useMutation({
    mutationFn: () =>
      http.post<ProviderTested>(`/admin/ai/settings/test${context ? `?context=${encodeURIComponent(context)}` : ''}`, {
        base_url: values.base_url || null, model: values.model || null, api_key: values.key || null,
      }),
  })
  return (
    <SettingsSection title={say.provider}>
      <RadioGroup
        aria-label={say.provider}
        value={values.provider}
        onChange={(provider) => set('provider', provider)}
        options={[
          { value: 'embedded', label: <Choice icon={<BookOpenText className="size-4" />} title={say.embedded} hint={say.embeddedHint} /> },
          { value: 'openai', label: <Choice icon={<Sparkles className="size-4" />} title={say.model} hint={say.modelHint} /> },
        ]}
      />
      {values.provider === 'openai' && (
        <div className="mt-5 space-y-4 border-t border-line pt-5">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={say.modelName}>
              <Input value={values.model} placeholder={settings.effective.model || 'gpt-4o-mini'} onChange={(event) => set('model', event.target.value)} />
            </Field>
            <Field label={say.address} hint={say.addressHint} error={fieldError(error, 'base_url')} isOptional>
              <Input value={values.base_url} placeholder={settings.effective.base_url || 'https://api.openai.com/v1'} onChange={(event) => set('base_url', event.target.value)} />
            </Field>
          </div>
          <Field label={say.key} hint={settings.has_api_key ? say.keyStored : say.keyHint}>
            <PasswordInput autoComplete="off" value={values.key} onChange={(event) => set('key', event.target.value)} />
          </Field>
          <div className="flex flex-wrap items-center gap-2">
            <Button isBusy={test.isPending} onClick={() => test.mutate()}>
              {say.test}
            </Button>
            {settings.has_api_key && (
              <Button variant="ghost" onClick={onKeyRemoved}>
                {say.removeKey}
              </Button>
            )}
          </div>
          <FormError error={test.error} />
          {test.data && (
            <Banner tone={test.data.success ? 'success' : 'danger'}>
              {test.data.success ? say.tested(test.data.model, test.data.milliseconds) : test.data.message}
            </Banner>
          )}
        </div>
      )}
    </SettingsSection>
  )
}

function Meaning({ values, set, settings }: Part) {
  const say = useStrings(strings)
  const { effective } = settings
  const languages = Object.entries(effective.languages).sort((a, b) => b[1] - a[1])
  return (
    <SettingsSection title={say.meaning} description={say.meaningHint(effective.embedding_model)}>
      <p className="text-sm">{say.articles(effective.articles, effective.articles_embedded)}</p>
      {languages.length > 0 && (
        <p className="mt-1 text-sm text-muted">
          {say.languages}:{' '}
          {languages.map(([language, count]) => `${language} ${count}${effective.meaning_languages.length > 0 && !effective.meaning_languages.includes(language) ? ` (${say.byWords})` : ''}`).join(', ')}
        </p>
      )}
      <Field label={say.embeddingModel} hint={say.embeddingHint} className="mt-4" isOptional>
        <Input value={values.embedding_model} placeholder="all-MiniLM-L6-v2" onChange={(event) => set('embedding_model', event.target.value)} />
      </Field>
    </SettingsSection>
  )
}

function Limits({ values, set, settings }: Part) {
  const say = useStrings(strings)
  const format = useFormat()
  const { effective } = settings
  const fields: [NumberField, string, number][] = [
    ['per_window', say.perWindow, effective.per_window],
    ['window_seconds', say.windowSeconds, effective.window_seconds],
    ['per_customer_day', say.perCustomer, effective.per_customer_day],
    ['per_day', say.perDay, effective.per_day],
  ]
  return (
    <SettingsSection title={say.limits} description={say.limitsHint}>
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map(([name, label, fallback]) => (
          <Field key={name} label={label}>
            <NumberInput name={name} values={values} set={set} placeholder={String(fallback)} />
          </Field>
        ))}
      </div>
      {values.provider === 'openai' && (
        <div className="mt-4 grid gap-4 border-t border-line pt-4 sm:grid-cols-3">
          <Field label={say.budget} hint={say.spent(format.number(effective.spent_today), format.number(effective.daily_budget))}>
            <NumberInput name="daily_budget" values={values} set={set} placeholder={String(effective.daily_budget)} />
          </Field>
          <Field label={say.inputPrice}>
            <NumberInput name="input_price" values={values} set={set} placeholder={String(effective.input_price)} />
          </Field>
          <Field label={say.outputPrice}>
            <NumberInput name="output_price" values={values} set={set} placeholder={String(effective.output_price)} />
          </Field>
        </div>
      )}
    </SettingsSection>
  )
}
