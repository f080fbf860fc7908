/** Filters by custom fields: `field=key=value` in the address, each field at most once. */
import { useQuery } from '@tanstack/react-query'

import { http } from '@/api/client'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Select } from '@/ui/select'

import { strings } from './filter-strings'

interface CustomField {
  key: string
  label: string
  kind: string
  options: { value: string; label: string }[]
}

const ANY = '*'

export function useTicketFields(): CustomField[] {
  const { data } = useQuery({
    queryKey: ['directory', 'ticket-fields'],
    queryFn: () => http.get<{ fields: CustomField[] }>('/admin/custom-fields', { subject: 'ticket' }),
    staleTime: 60_000,
  })
  return data?.fields ?? []
}

/** What the address says of each field. */
export function fieldsIn(search: URLSearchParams): Map<string, string> {
  return new Map(
    search.getAll('field').map((text) => {
      const at = text.indexOf('=')
      return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
    }),
  )
}

export function withField(search: URLSearchParams, key: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search)
  const chosen = fieldsIn(search)
  if (value) chosen.set(key, value)
  else chosen.delete(key)
  next.delete('field')
  for (const [name, wanted] of chosen) next.append('field', `${name}=${wanted}`)
  return next
}

/** The word for a field's value. */
export function useFieldWords(): (key: string, value: string) => { label: string; word: string } {
  const say = useStrings(strings)
  const fields = useTicketFields()
  return (key, value) => {
    const field = fields.find((each) => each.key === key)
    const flags: Record<string, string> = { true: say.yes, false: say.no }
    const option = field?.options.find((each) => each.value === value)?.label
    return { label: field?.label ?? key, word: option ?? (field?.kind === 'checkbox' ? (flags[value] ?? value) : value) }
  }
}

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
            defaultValue={value}
            onBlur={(event) => event.target.value.trim() !== value && set(field.key, event.target.value.trim())}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
        )}
      </div>
    )
  })
}
