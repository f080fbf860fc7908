import { Checkbox, Field, Input, Select, useStrings } from '@/ui'

import type { CustomField, FieldRule } from './api'
import { strings } from './strings'

interface ShownWhenProps {
  rule: FieldRule | null
  others: CustomField[]
  error: string | undefined
  onChange: (rule: FieldRule | null) => void
}

/** The answer to another field on which this one is asked for. */
export function ShownWhen({ rule, others, error, onChange }: ShownWhenProps) {
  const say = useStrings(strings)
  if (others.length === 0 && !rule) return null
  const other = others.find((field) => field.key === rule?.key)
  const operators: FieldRule['operator'][] =
    other?.kind === 'multiselect'
      ? ['includes', 'is_set', 'is_not_set']
      : other?.kind === 'checkbox'
        ? ['is', 'is_not']
        : ['is', 'is_not', 'is_set', 'is_not_set']
  const isCompared = rule !== null && rule.operator !== 'is_set' && rule.operator !== 'is_not_set'
  return (
    <Field label={say.condition} error={error}>
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label={say.otherField}
          className="max-w-52"
          value={rule?.key ?? 'always'}
          onChange={(key) => onChange(key === 'always' ? null : { key, operator: 'is_set' })}
          options={[
            { value: 'always', label: say.always },
            ...others.map((field) => ({ value: field.key, label: field.label })),
          ]}
        />
        {rule && (
          <Select
            aria-label={say.condition}
            className="max-w-36"
            value={rule.operator}
            onChange={(operator) => onChange({ ...rule, operator })}
            options={operators.map((value) => ({ value, label: say.operators[value] }))}
          />
        )}
        {isCompared &&
          (other?.options.length ? (
            <Select
              aria-label={say.value}
              className="max-w-52"
              value={String(rule.value ?? '')}
              onChange={(value) => onChange({ ...rule, value })}
              options={other.options}
            />
          ) : other?.kind === 'checkbox' ? (
            <Checkbox
              label={say.value}
              checked={rule.value === true}
              onChange={(value) => onChange({ ...rule, value })}
            />
          ) : (
            <Input
              aria-label={say.value}
              className="max-w-52"
              value={String(rule.value ?? '')}
              onChange={(event) => onChange({ ...rule, value: event.target.value })}
            />
          ))}
      </div>
    </Field>
  )
}
