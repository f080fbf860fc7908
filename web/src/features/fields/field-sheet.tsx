import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'

import { contextQueries } from '@/features/contexts/queries'
import {
  Button,
  Checkbox,
  Field,
  fieldError,
  Form,
  FormActions,
  FormError,
  IconButton,
  Input,
  Select,
  Sheet,
  Textarea,
  toast,
  useStrings,
} from '@/ui'
import { Combobox } from '@/ui/combobox'

import { FIELD_TYPES, useSaveField, type CustomField, type CustomFieldWrite, type FieldOption } from './api'
import { ShownWhen } from './shown-when'
import { strings } from './strings'

const EMPTY: CustomFieldWrite = {
  subject: 'ticket',
  key: '',
  label: '',
  help: '',
  kind: 'text',
  options: [],
  limits: {},
  required: 'never',
  shown_when: null,
  context_ids: [],
  customer_access: 'hidden',
}

const keyOf = (label: string): string =>
  label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40)

interface FieldSheetProps {
  field: CustomField | null
  others: CustomField[]
  onClose: () => void
}

/** Defines a custom field: type, choices, limits, when it is asked for and by whom. */
export function FieldSheet({ field, others, onClose }: FieldSheetProps) {
  const say = useStrings(strings)
  const save = useSaveField()
  const [draft, setDraft] = useState<CustomFieldWrite>(field ?? EMPTY)
  const [hasOwnKey, ownKey] = useState(field !== null)
  const set = (part: Partial<CustomFieldWrite>): void => setDraft((before) => ({ ...before, ...part }))
  const hasChoices = draft.kind === 'select' || draft.kind === 'multiselect'
  const submit = async (): Promise<void> => {
    const { subject, key, label, help, kind, options, limits, required, shown_when, context_ids, customer_access } = draft
    await save.mutateAsync({
      id: field?.id,
      subject,
      key,
      label,
      help,
      kind,
      options: hasChoices ? options : [],
      limits,
      required,
      shown_when,
      context_ids,
      customer_access,
    })
    toast(say.saved)
    onClose()
  }
  const choices = <K extends string>(words: Record<K, string>) =>
    (Object.keys(words) as K[]).map((value) => ({ value, label: words[value] }))

  return (
    <Sheet isOpen onOpenChange={onClose} title={field ? say.editField : say.newField} width="lg">
      <Form onSubmit={() => submit().catch(() => undefined)}>
        <FormError error={save.error} fields={['name', 'key', 'options', 'limits', 'shown_when']} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={say.label} isRequired>
            <Input
              value={draft.label}
              maxLength={80}
              autoFocus
              onChange={(event) => {
                const label = event.target.value
                set(hasOwnKey ? { label } : { label, key: keyOf(label) })
              }}
            />
          </Field>
          <Field label={say.key} hint={say.keyHint} error={fieldError(save.error, 'name') ?? fieldError(save.error, 'key')}>
            <Input
              value={draft.key}
              disabled={field !== null}
              className="font-mono"
              maxLength={40}
              onChange={(event) => {
                ownKey(true)
                set({ key: event.target.value })
              }}
            />
          </Field>
          <Field label={say.type}>
            <Select
              value={draft.kind}
              disabled={field !== null}
              onChange={(kind) => set({ kind, limits: {} })}
              options={FIELD_TYPES.map((value) => ({ value, label: say.types[value] }))}
            />
          </Field>
          <Field label={say.subject}>
            <Select
              value={draft.subject}
              disabled={field !== null}
              onChange={(subject) => set({ subject })}
              options={choices(say.subjects)}
            />
          </Field>
        </div>
        {hasChoices && (
          <Choices
            options={draft.options}
            error={fieldError(save.error, 'options')}
            onChange={(options) => set({ options })}
          />
        )}
        <Limits draft={draft} onChange={(limits) => set({ limits })} />
        <Field label={say.help} hint={say.helpHint} isOptional>
          <Textarea rows={2} value={draft.help} onChange={(event) => set({ help: event.target.value })} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={say.required}>
            <Select value={draft.required} onChange={(required) => set({ required })} options={choices(say.requireds)} />
          </Field>
          <Field label={say.access}>
            <Select
              value={draft.customer_access}
              onChange={(customer_access) => set({ customer_access })}
              options={choices(say.accesses)}
            />
          </Field>
        </div>
        {draft.subject === 'ticket' && (
          <Contexts ids={draft.context_ids} onChange={(context_ids) => set({ context_ids })} />
        )}
        <ShownWhen
          rule={draft.shown_when}
          others={others.filter((other) => other.subject === draft.subject && other.key !== draft.key)}
          error={fieldError(save.error, 'shown_when')}
          onChange={(shown_when) => set({ shown_when })}
        />
        <FormActions isBusy={save.isPending} isDirty={draft.label !== '' && draft.key !== ''} onCancel={onClose} />
      </Form>
    </Sheet>
  )
}

interface ChoicesProps {
  options: FieldOption[]
  error: string | undefined
  onChange: (options: FieldOption[]) => void
}

function Choices({ options, error, onChange }: ChoicesProps) {
  const say = useStrings(strings)
  const change = (index: number, part: Partial<FieldOption>): void =>
    onChange(options.map((option, at) => (at === index ? { ...option, ...part } : option)))
  return (
    <Field label={say.options} error={error}>
      <div className="space-y-2">
        {options.map((option, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className="flex items-center gap-2">
            <Input
              aria-label={say.optionLabel}
              placeholder={say.optionLabel}
              value={option.label}
              onChange={(event) => {
                const label = event.target.value
                change(index, option.value === keyOf(option.label) ? { label, value: keyOf(label) } : { label })
              }}
            />
            <Input
              aria-label={say.optionValue}
              placeholder={say.optionValue}
              className="font-mono"
              value={option.value}
              onChange={(event) => change(index, { value: event.target.value })}
            />
            <IconButton
              label={say.removeOption}
              icon={<X />}
              onClick={() => onChange(options.filter((_, at) => at !== index))}
            />
          </div>
        ))}
        <Button size="sm" icon={<Plus />} onClick={() => onChange([...options, { label: '', value: '' }])}>
          {say.addOption}
        </Button>
      </div>
    </Field>
  )
}

interface LimitsProps {
  draft: CustomFieldWrite
  onChange: (limits: CustomFieldWrite['limits']) => void
}

function Limits({ draft, onChange }: LimitsProps) {
  const say = useStrings(strings)
  const { kind, limits } = draft
  const input = (key: string, label: string, type: string) => (
    <Field label={label} isOptional key={key}>
      <Input
        type={type}
        value={String(limits[key] ?? '')}
        onChange={(event) => {
          const text = event.target.value
          onChange({ ...limits, [key]: text === '' ? null : type === 'number' ? Number(text) : text })
        }}
      />
    </Field>
  )
  if (kind === 'text' || kind === 'textarea') return input('max_length', say.maxLength, 'number')
  if (kind === 'multiselect') return input('at_most', say.maximum, 'number')
  if (kind === 'date' || kind === 'datetime') {
    return (
      <div className="grid gap-4 sm:grid-cols-2">
        {input('earliest', say.minimum, 'date')}
        {input('latest', say.maximum, 'date')}
      </div>
    )
  }
  if (kind !== 'number') return null
  return (
    <div className="space-y-3">
      <div className="grid gap-4 sm:grid-cols-2">
        {input('minimum', say.minimum, 'number')}
        {input('maximum', say.maximum, 'number')}
      </div>
      <Checkbox
        label={say.whole}
        checked={limits.is_whole === true}
        onChange={(is_whole) => onChange({ ...limits, is_whole })}
      />
    </div>
  )
}

/** In which contexts the field is asked for; none chosen means all. */
function Contexts({ ids, onChange }: { ids: string[]; onChange: (ids: string[]) => void }) {
  const say = useStrings(strings)
  const { data } = useQuery(contextQueries.list())
  const options = (data ?? []).map((context) => ({ value: context.id, label: context.name }))
  if (options.length === 0) return null
  return (
    <Field label={say.contexts} hint={say.contextsHint}>
      <Combobox isMultiple placeholder={say.allContexts} value={ids} options={options} onChange={onChange} />
    </Field>
  )
}
