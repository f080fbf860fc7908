import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Select } from '@/ui/select'

import { FieldFilters } from './field-filters'
import { strings } from './filter-strings'
import { DATES, FIXED, NAMED, useChoices } from './filters'

const ANY = '*'

interface FilterPanelProps {
  search: URLSearchParams
  onSet: (name: string, value: string) => void
  onSearch: (next: URLSearchParams) => void
}

/** Every filter of a list with what may be chosen. */
export default function FilterPanel({ search, onSet, onSearch }: FilterPanelProps) {
  const say = useStrings(strings)
  const choices = useChoices()
  const all = [
    ...Object.entries(FIXED).map(([name, values]) => ({
      name: name as keyof typeof FIXED,
      options: values.map((value) => ({ value: value as string, label: say[value] as string })),
    })),
    ...NAMED.map((name) => ({ name, options: choices[name] })),
  ].filter(({ options }) => options.length > 0)
  return (
    <div className="grid gap-2.5">
      {all.map(({ name, options }) => (
        <div key={name} className="grid grid-cols-[6.5rem_1fr] items-center gap-2">
          <span className="text-sm text-muted">{say[name]}</span>
          <Select
            size="sm"
            aria-label={say[name]}
            value={search.get(name) ?? ANY}
            onChange={(value) => onSet(name, value === ANY ? '' : value)}
            options={[{ value: ANY, label: say.any }, ...options]}
          />
        </div>
      ))}
      <FieldFilters search={search} onSearch={onSearch} />
      {DATES.map((name) => (
        <Field key={name} label={say[name]}>
          <Input type="date" value={search.get(name) ?? ''} onChange={(event) => onSet(name, event.target.value)} />
        </Field>
      ))}
    </div>
  )
}
