import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Select } from '@/ui/select'

import { fieldsIn, useTicketFields, withField } from './field-words'
import { strings } from './filter-strings'

const ANY = '*'

interface FieldFiltersProps {
  search: URLSearchParams
  onSearch: (next: URLSearchParams) => void
}

/** One row a field; text counts when the field is left or Enter is pressed. */
export function FieldFilters({ search, onSearch }: FieldFiltersProps) {
  const say = useStrings(strings)
  const fields = useTicketFields().filter(({ kind }) => kind !== 'textarea')
  const chosen = fieldsIn(search)
  const set = (key: string, value: string): void => onSearch(withField(search, key, value))
  return fields.map((field) => {
    const value = chosen.get(field.key) ?? ''
    const flags = [
      { value: 'true', label: say.yes },
      { value: 'false', label: say.no },
    ]
    const options = field.kind === 'checkbox' ? flags : field.options
    return (
      <div key={field.key} className="grid grid-cols-[6.5rem_1fr] items-center gap-2">
        <span className="truncate text-sm text-muted" title={field.label}>
          {field.label}
        </span>
        {options.length > 0 ? (
          <Select
            size="sm"
            aria-label={field.label}
            value={value || ANY}
            onChange={(next) => set(field.key, next === ANY ? '' : next)}
            options={[{ value: ANY, label: say.any }, ...options]}
          />
        ) : (
          <Input
            key={value}
            type={field.kind === 'date' ? 'date' : 'text'}
            aria-label={field.label}
            isSmall
            defaultValue={value}
            onBlur={(event) => event.target.value.trim() !== value && set(field.key, event.target.value.trim())}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
        )}
      </div>
    )
  })
}
