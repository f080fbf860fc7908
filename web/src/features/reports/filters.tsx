import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'

import { http } from '@/api/client'
import { Button } from '@/ui/button'
import { Combobox } from '@/ui/combobox'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Segmented } from '@/ui/segmented'

import type { Question } from './queries'
import { strings } from './strings'
import { daysAgo } from './zone'

interface Named {
  id: string
  name: string
}

type Span = '7' | '30' | '90' | '365' | 'custom'
const SPANS: Span[] = ['7', '30', '90', '365', 'custom']

interface FiltersProps {
  question: Question
  onChange: (question: Question) => void
}

/** Period, and whom and what the report is narrowed to. */
export function Filters({ question, onChange }: FiltersProps) {
  const say = useStrings(strings)
  const change = (values: Partial<Question>): void => onChange({ ...question, ...values })
  const isNarrowed = Boolean(question.context || question.team_id || question.agent_id || question.tag_id)
  return (
    <div className="mb-6 flex flex-wrap items-center gap-2 max-sm:[&_[role=radiogroup]]:w-full max-sm:[&_[role=radiogroup]]:overflow-x-auto [&_[role=radiogroup]_label]:whitespace-nowrap">
      <PeriodPicker question={question} change={change} />
      <Narrowing question={question} change={change} />
      {isNarrowed && (
        <Button
          variant="ghost"
          icon={<X />}
          onClick={() => change({ context: undefined, team_id: undefined, agent_id: undefined, tag_id: undefined })}
        >
          {say.clear}
        </Button>
      )}
    </div>
  )
}

interface PartProps {
  question: Question
  change: (values: Partial<Question>) => void
}

function PeriodPicker({ question, change }: PartProps) {
  const say = useStrings(strings)
  const isCustom = question.date_from !== undefined || question.date_to !== undefined
  const span = isCustom ? 'custom' : (String(question.days ?? 30) as Span)
  const choose = (next: Span): void => {
    if (next === 'custom') change({ days: undefined, date_from: daysAgo(29), date_to: daysAgo(0) })
    else change({ days: Number(next), date_from: undefined, date_to: undefined })
  }
  return (
    <>
      <Segmented
        label={say.period}
        value={span}
        onChange={choose}
        options={SPANS.map((each) => ({ value: each, label: say.periods[each] }))}
      />
      {isCustom && (
        <span className="flex items-center gap-1.5">
          <Input
            type="date"
            aria-label={say.from}
            value={question.date_from ?? ''}
            max={question.date_to}
            onChange={(event) => event.target.value && change({ date_from: event.target.value })}
            className="tabular !h-8 !w-38"
          />
          <span aria-hidden className="text-faint">
            –
          </span>
          <Input
            type="date"
            aria-label={say.until}
            value={question.date_to ?? ''}
            min={question.date_from}
            onChange={(event) => event.target.value && change({ date_to: event.target.value })}
            className="tabular !h-8 !w-38"
          />
        </span>
      )}
    </>
  )
}

function Narrowing({ question, change }: PartProps) {
  const say = useStrings(strings)
  const { data: contexts } = useQuery({
    queryKey: ['contexts', 'names'],
    queryFn: () => http.get<{ contexts: { name: string }[] }>('/contexts'),
  })
  const { data: teams } = useQuery({
    queryKey: ['directory', 'teams'],
    queryFn: () => http.get<{ teams: Named[] }>('/admin/teams'),
  })
  const { data: agents } = useQuery({
    queryKey: ['directory', 'agents'],
    queryFn: () => http.get<{ agents: Named[] }>('/agents'),
  })
  const { data: tags } = useQuery({
    queryKey: ['directory', 'tags'],
    queryFn: () => http.get<{ tags: Named[] }>('/admin/tags'),
  })
  const options = (named: Named[] | undefined) => (named ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const pick = 'h-8 !min-h-8 !w-40 text-sm'
  return (
    <>
      <Combobox
        aria-label={say.context}
        className={pick}
        isClearable
        placeholder={say.everyContext}
        value={question.context ?? null}
        onChange={(context) => change({ context: context ?? undefined })}
        options={(contexts?.contexts ?? []).map(({ name }) => ({ value: name, label: name }))}
      />
      <Combobox
        aria-label={say.team}
        className={pick}
        isClearable
        placeholder={say.everyTeam}
        value={question.team_id ?? null}
        onChange={(id) => change({ team_id: id ?? undefined })}
        options={options(teams?.teams)}
      />
      <Combobox
        aria-label={say.agent}
        className={pick}
        isClearable
        placeholder={say.everyAgent}
        value={question.agent_id ?? null}
        onChange={(id) => change({ agent_id: id ?? undefined })}
        options={options(agents?.agents)}
      />
      <Combobox
        aria-label={say.tag}
        className={pick}
        isClearable
        placeholder={say.everyTag}
        value={question.tag_id ?? null}
        onChange={(id) => change({ tag_id: id ?? undefined })}
        options={options(tags?.tags)}
      />
    </>
  )
}
