/** Filters by custom fields: `field=key=value` in the address, each field at most once. */
import { useQuery } from '@tanstack/react-query'

import { http } from '@/api/client'
import { useStrings } from '@/ui/locale'

import { strings } from './filter-strings'

export interface CustomField {
  key: string
  label: string
  kind: string
  options: { value: string; label: string }[]
}

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
