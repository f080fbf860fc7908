import { useQuery } from '@tanstack/react-query'

import { http } from '@/api/client'
import { Select, useStrings } from '@/ui'

import { strings } from './strings'

const ALL = '*'

/** Which context a page of the AI is about; an empty name stands for all. */
export function ContextSelect({ value, onChange }: { value: string; onChange: (context: string) => void }) {
  const say = useStrings(strings)
  const { data } = useQuery({ queryKey: ['ai', 'contexts'], queryFn: () => http.get<{ contexts: { name: string }[] }>('/admin/contexts') })
  const options = [{ value: ALL, label: say.forAll }, ...(data?.contexts ?? []).map(({ name }) => ({ value: name, label: name }))]
  return <Select aria-label={say.context} value={value || ALL} onChange={(next) => onChange(next === ALL ? '' : next)} options={options} />
}
