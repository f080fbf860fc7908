import { Input, Select, useStrings } from '@/ui'
import { Combobox } from '@/ui/combobox'

import type { Part } from './part'
import { strings } from './strings'

/** Which custom field gets which value, asked for as the field's kind wants it. */
export function OwnField({ action, directory, set }: Part) {
  const say = useStrings(strings)
  const field = directory.fields.find((other) => other.key === action.key)
  const value = action.value
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Select
        aria-label={say.field}
        value={(action.key as string) || undefined}
        onChange={(key) => set({ key, value: null })}
        options={directory.fields.map((other) => ({ value: other.key, label: other.label }))}
      />
      {field?.kind === 'select' ? (
        <Select
          aria-label={say.value}
          value={(value as string | null) ?? undefined}
          placeholder={say.empty}
          onChange={(next) => set({ value: next })}
          options={field.options}
        />
      ) : field?.kind === 'multiselect' ? (
        <Combobox
          isMultiple
          aria-label={say.value}
          value={(value as string[] | null) ?? []}
          options={field.options}
          onChange={(next) => set({ value: next })}
        />
      ) : field?.kind === 'checkbox' ? (
        <Select
          aria-label={say.value}
          value={value === true ? 'yes' : 'no'}
          onChange={(next) => set({ value: next === 'yes' })}
          options={[
            { value: 'yes', label: say.yes },
            { value: 'no', label: say.no },
          ]}
        />
      ) : (
        <Input
          aria-label={say.value}
          placeholder={say.empty}
          type={field?.kind === 'number' ? 'number' : field?.kind === 'date' ? 'date' : 'text'}
          value={String(value ?? '')}
          onChange={(event) => {
            const text = event.target.value
            set({ value: text === '' ? null : field?.kind === 'number' ? Number(text) : text })
          }}
        />
      )}
    </div>
  )
}
