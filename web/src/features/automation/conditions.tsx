import { FolderPlus, Plus, Trash2, X } from 'lucide-react'

import { Button, cx, IconButton, Input, Segmented, Select, useStrings } from '@/ui'
import { Combobox } from '@/ui/combobox'

import { isGroup, type Comparison, type Condition, type FieldSpec, type Group, type Takes, type Vocabulary } from './api'
import { strings } from './strings'

const DEEPEST = 4

interface GroupEditorProps {
  group: Group
  vocabulary: Vocabulary
  onChange: (group: Group) => void
  onRemove?: () => void
  /** `conditions.0.conditions.1`, as the server names places. */
  path?: string
  errorAt: (path: string) => string | undefined
  depth?: number
}

/** A group of conditions; groups within groups up to four deep. */
export function GroupEditor({
  group,
  vocabulary,
  onChange,
  onRemove,
  path = 'conditions',
  errorAt,
  depth = 1,
}: GroupEditorProps) {
  const say = useStrings(strings)
  const replace = (index: number, condition: Condition): void =>
    onChange({ ...group, conditions: group.conditions.map((other, at) => (at === index ? condition : other)) })
  const drop = (index: number): void =>
    onChange({ ...group, conditions: group.conditions.filter((_, at) => at !== index) })
  const add = (condition: Condition): void => onChange({ ...group, conditions: [...group.conditions, condition] })
  const error = errorAt(path)

  return (
    <div className={cx('rounded-md border border-line', depth % 2 === 0 ? 'bg-surface' : 'bg-raised')}>
      <div className="flex flex-wrap items-center gap-2 px-3 py-2">
        <Segmented
          label={`${say.if} ${path}`}
          value={group.match}
          onChange={(match) => onChange({ ...group, match })}
          options={[
            { value: 'all', label: say.allTrue },
            { value: 'any', label: say.anyTrue },
            { value: 'none', label: say.noneTrue },
          ]}
        />
        <span className="flex-1" />
        {onRemove && <IconButton size="sm" label={say.removeGroup} icon={<Trash2 />} onClick={onRemove} />}
      </div>
      <ul className="space-y-2 px-3 pb-3">
        {group.conditions.map((condition, index) => {
          const here = `${path}.conditions.${index}`
          return (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>
              {isGroup(condition) ? (
                <GroupEditor
                  group={condition}
                  vocabulary={vocabulary}
                  path={here}
                  errorAt={errorAt}
                  depth={depth + 1}
                  onChange={(next) => replace(index, next)}
                  onRemove={() => drop(index)}
                />
              ) : (
                <ComparisonEditor
                  comparison={condition}
                  vocabulary={vocabulary}
                  error={errorAt(here) ?? errorAt(`${here}.field`) ?? errorAt(`${here}.operator`) ?? errorAt(`${here}.value`)}
                  onChange={(next) => replace(index, next)}
                  onRemove={() => drop(index)}
                />
              )}
            </li>
          )
        })}
        {error && (
          <li role="alert" className="text-sm text-red">
            {error}
          </li>
        )}
        <li className="flex gap-2">
          <Button
            size="sm"
            variant="ghost"
            icon={<Plus />}
            onClick={() => add({ field: 'priority', operator: 'is', value: 'urgent' })}
          >
            {say.addCondition}
          </Button>
          {depth < DEEPEST && (
            <Button
              size="sm"
              variant="ghost"
              icon={<FolderPlus />}
              onClick={() => add({ match: 'any', conditions: [{ field: 'subject', operator: 'mentions_any', value: [] }] })}
            >
              {say.addGroup}
            </Button>
          )}
        </li>
      </ul>
    </div>
  )
}

interface ComparisonEditorProps {
  comparison: Comparison
  vocabulary: Vocabulary
  error: string | undefined
  onChange: (comparison: Comparison) => void
  onRemove: () => void
}

function ComparisonEditor({ comparison, vocabulary, error, onChange, onRemove }: ComparisonEditorProps) {
  const say = useStrings(strings)
  const spec = vocabulary.fields.find((field) => field.key === comparison.field)
  const operators = spec ? vocabulary.operators[spec.kind] : []
  const operator = operators.find((each) => each.key === comparison.operator)
  const chooseField = (key: string | null): void => {
    const next = vocabulary.fields.find((field) => field.key === key)
    const first = next && vocabulary.operators[next.kind][0]
    if (next && first) onChange({ field: next.key, operator: first.key, value: startOf(first.takes, next) })
  }
  const chooseOperator = (key: string): void => {
    const next = operators.find((each) => each.key === key)
    if (!next || !spec) return
    const keeps = next.takes === operator?.takes
    onChange({ field: comparison.field, operator: key, value: keeps ? comparison.value : startOf(next.takes, spec) })
  }
  return (
    <div>
      <div className="flex flex-wrap items-start gap-2 sm:flex-nowrap">
        <Combobox
          aria-label={say.field}
          className="w-full sm:w-52 sm:shrink-0"
          value={comparison.field}
          options={vocabulary.fields.map((field) => ({ value: field.key, label: field.label, hint: field.group, keywords: [field.group] }))}
          onChange={chooseField}
        />
        <Select
          aria-label={say.operator}
          className="w-full sm:w-60 sm:shrink-0"
          value={comparison.operator}
          onChange={chooseOperator}
          options={operators.map((each) => ({ value: each.key, label: each.label }))}
        />
        <div className="min-w-0 flex-1">
          {spec && operator && (
            <ValueEditor
              spec={spec}
              takes={operator.takes}
              value={comparison.value}
              onChange={(value) => onChange({ ...comparison, value })}
            />
          )}
        </div>
        <IconButton label={say.removeCondition} icon={<X />} onClick={onRemove} />
      </div>
      {error && (
        <p role="alert" className="mt-1 text-sm text-red">
          {error}
        </p>
      )}
    </div>
  )
}

function startOf(takes: Takes, spec: FieldSpec): unknown {
  if (takes === 'nothing') return null
  if (takes === 'many') return []
  if (takes === 'number') return spec.kind === 'moment' ? 24 : 1
  if (takes === 'moment') return new Date().toISOString().slice(0, 10)
  if (spec.kind === 'flag') return true
  return spec.kind === 'text' ? '' : (spec.options?.[0]?.value ?? '')
}

interface ValueEditorProps {
  spec: FieldSpec
  takes: Takes
  value: unknown
  onChange: (value: unknown) => void
}

function ValueEditor({ spec, takes, value, onChange }: ValueEditorProps) {
  const say = useStrings(strings)
  const options = spec.options ?? []
  if (takes === 'nothing') return null
  if (takes === 'number') {
    return (
      <Input
        type="number"
        aria-label={say.value}
        className="max-w-32"
        value={typeof value === 'number' ? value : ''}
        onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
      />
    )
  }
  if (takes === 'moment') {
    return (
      <Input
        type="date"
        aria-label={say.value}
        className="max-w-44"
        value={String(value ?? '').slice(0, 10)}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  }
  if (spec.kind === 'flag') {
    return (
      <Select
        aria-label={say.value}
        className="max-w-32"
        value={value === true ? 'yes' : 'no'}
        onChange={(next) => onChange(next === 'yes')}
        options={[
          { value: 'yes', label: say.yes },
          { value: 'no', label: say.no },
        ]}
      />
    )
  }
  if (takes === 'many') {
    if (spec.kind === 'text') return <WordsInput value={value} onChange={onChange} suggestions={options} />
    return (
      <Combobox
        isMultiple
        aria-label={say.value}
        className="w-full"
        value={Array.isArray(value) ? value.map(String) : []}
        options={options}
        onChange={onChange}
      />
    )
  }
  if (spec.kind === 'text') {
    return (
      <Input
        aria-label={say.value}
        value={String(value ?? '')}
        list={options.length > 0 ? `values-${spec.key}` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  }
  return (
    <Combobox
      aria-label={say.value}
      className="w-full"
      value={value ? String(value) : null}
      options={options}
      onChange={onChange}
    />
  )
}

interface WordsInputProps {
  value: unknown
  onChange: (value: string[]) => void
  suggestions: { value: string; label: string }[]
}

/** Words separated by commas; what is typed stays as it is until the field is left. */
function WordsInput({ value, onChange }: WordsInputProps) {
  const say = useStrings(strings)
  const words = Array.isArray(value) ? value.map(String) : []
  return (
    <Input
      key={words.join('\n')}
      aria-label={say.value}
      placeholder={say.words}
      defaultValue={words.join(', ')}
      onBlur={(event) =>
        onChange(
          event.target.value
            .split(',')
            .map((word) => word.trim())
            .filter(Boolean),
        )
      }
    />
  )
}
