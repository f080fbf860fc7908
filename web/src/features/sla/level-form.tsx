import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'

import { http } from '@/api/client'
import { Badge, PriorityIcon } from '@/ui/badge'
import { Banner } from '@/ui/banner'
import { Checkbox, Switch } from '@/ui/choice'
import { Combobox } from '@/ui/combobox'
import { Sheet } from '@/ui/dialog'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input } from '@/ui/input'
import { useFormat, useStrings } from '@/ui/locale'
import { Form, FormActions } from '@/ui/page'
import { Select } from '@/ui/select'
import { Skeleton } from '@/ui/states'
import { toast } from '@/ui/toast'

import { DurationInput } from './duration-input'
import { slaQueries, type PriorityName, type Sla, type SlaDraft, type SlaPreview } from './queries'
import { strings } from './strings'

const FIELDS = ['name', 'priority', 'response_time_minutes', 'resolution_time_minutes', 'calendar_id', 'warn_percent']
export const PRIORITIES: PriorityName[] = ['urgent', 'high', 'medium', 'low']
const ALWAYS = 'always'
const OWN = 'own'

const EMPTY: SlaDraft = {
  name: '',
  description: null,
  priority: 'medium',
  context: null,
  team_id: null,
  response_time_minutes: 60,
  resolution_time_minutes: 480,
  business_hours_only: false,
  calendar_id: null,
  business_hours_start: null,
  business_hours_end: null,
  business_days: null,
  timezone: null,
  holidays: null,
  pauses_while_waiting: true,
  pauses_while_snoozed: true,
  ai_answer_counts: false,
  warn_percent: 75,
  is_active: true,
}

function draftOf(sla: Sla | null): SlaDraft {
  if (!sla) return EMPTY
  const { team: _team, calendar: _calendar, ...draft } = sla
  return draft
}

/** Makes or changes a service level, with what it would take shown beside. */
export function LevelForm({ sla, onClose }: { sla: Sla | null; onClose: () => void }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(sla))
  const change = (values: Partial<SlaDraft>): void => setDraft((before) => ({ ...before, ...values }))
  const save = useMutation({
    mutationFn: () => http.post('/admin/slas', draft),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: slaQueries.all })
      toast(say.saved)
      onClose()
    },
  })
  return (
    <Sheet isOpen onOpenChange={onClose} title={sla ? say.edit(sla.name) : say.add} width="lg">
      <Form onSubmit={() => save.mutate()}>
        <FormError error={save.error} fields={FIELDS} />
        <Field label={say.name} isRequired error={fieldError(save.error, 'name')}>
          <Input
            autoFocus
            value={draft.name}
            maxLength={200}
            placeholder={say.namePlaceholder}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Scope draft={draft} change={change} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={say.responseWithin} error={fieldError(save.error, 'response_time_minutes')}>
            <DurationInput
              value={draft.response_time_minutes}
              onChange={(minutes) => change({ response_time_minutes: minutes })}
            />
          </Field>
          <Field label={say.resolutionWithin} error={fieldError(save.error, 'resolution_time_minutes')}>
            <DurationInput
              value={draft.resolution_time_minutes}
              onChange={(minutes) => change({ resolution_time_minutes: minutes })}
            />
          </Field>
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <Hours draft={draft} change={change} />
          <Field label={say.warn} hint={say.warnHint} error={fieldError(save.error, 'warn_percent')}>
            <Input
              type="number"
              min={1}
              max={99}
              value={draft.warn_percent}
              onChange={(event) => change({ warn_percent: Number(event.target.value) })}
              trail={<span className="pr-2 text-muted">%</span>}
            />
          </Field>
        </div>
        <fieldset className="space-y-2">
          <legend className="mb-2 text-sm font-medium">{say.pauses}</legend>
          <Checkbox
            checked={draft.pauses_while_waiting}
            onChange={(checked) => change({ pauses_while_waiting: checked })}
            label={say.pauseWaiting}
          />
          <Checkbox
            checked={draft.pauses_while_snoozed}
            onChange={(checked) => change({ pauses_while_snoozed: checked })}
            label={say.pauseSnoozed}
          />
        </fieldset>
        <Field label={say.description}>
          <Input
            value={draft.description ?? ''}
            maxLength={500}
            placeholder={say.descriptionPlaceholder}
            onChange={(event) => change({ description: event.target.value || null })}
          />
        </Field>
        <Switch
          checked={draft.ai_answer_counts}
          onChange={(checked) => change({ ai_answer_counts: checked })}
          label={say.aiCounts}
          hint={say.aiCountsHint}
        />
        <Switch checked={draft.is_active} onChange={(checked) => change({ is_active: checked })} label={say.active} />
        <Preview draft={draft} />
        <FormActions isBusy={save.isPending} onCancel={onClose} />
      </Form>
    </Sheet>
  )
}

interface PartProps {
  draft: SlaDraft
  change: (values: Partial<SlaDraft>) => void
}

function Scope({ draft, change }: PartProps) {
  const say = useStrings(strings)
  const { data: contexts } = useQuery({
    queryKey: ['contexts', 'names'],
    queryFn: () => http.get<{ contexts: { name: string }[] }>('/contexts'),
  })
  const { data: teams } = useQuery({
    queryKey: ['directory', 'teams'],
    queryFn: () => http.get<{ teams: { id: string; name: string }[] }>('/admin/teams'),
  })
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={say.priority}>
        <Select
          value={draft.priority}
          onChange={(priority) => change({ priority })}
          options={PRIORITIES.map((each) => ({
            value: each,
            label: each[0]?.toUpperCase() + each.slice(1),
            icon: <PriorityIcon priority={each} />,
          }))}
        />
      </Field>
      <Field label={say.context}>
        <Combobox
          value={draft.context}
          onChange={(context) => change({ context })}
          placeholder={say.anyContext}
          isClearable
          onCreate={(name) => change({ context: name })}
          options={(contexts?.contexts ?? []).map(({ name }) => ({ value: name, label: name }))}
        />
      </Field>
      <Field label={say.team}>
        <Combobox
          value={draft.team_id}
          onChange={(team) => change({ team_id: team })}
          placeholder={say.anyTeam}
          isClearable
          options={(teams?.teams ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
    </div>
  )
}

function Hours({ draft, change }: PartProps) {
  const say = useStrings(strings)
  const { data: calendars = [] } = useQuery(slaQueries.calendars())
  const hasOwn = draft.business_hours_only && !draft.calendar_id
  const options = [
    { value: ALWAYS, label: say.roundTheClock },
    ...(hasOwn ? [{ value: OWN, label: say.ownHours }] : []),
    ...calendars.map((calendar) => ({ value: calendar.id, label: calendar.name })),
  ]
  return (
    <Field label={say.hoursOf}>
      <Select
        value={draft.calendar_id ?? (hasOwn ? OWN : ALWAYS)}
        onChange={(value) =>
          value === OWN
            ? undefined
            : change({ calendar_id: value === ALWAYS ? null : value, business_hours_only: value !== ALWAYS })
        }
        options={options}
      />
    </Field>
  )
}

function Preview({ draft }: { draft: SlaDraft }) {
  const say = useStrings(strings)
  const format = useFormat()
  const settled = useDeferredValue(draft)
  const { data, error } = useQuery({
    queryKey: [...slaQueries.all, 'preview', settled],
    queryFn: () => http.post<SlaPreview>('/admin/slas/preview', { ...settled, name: settled.name || say.preview }),
    placeholderData: (before) => before,
    retry: false,
  })
  if (error) return null
  return (
    <section className="rounded-md border border-line bg-canvas p-3.5 text-sm">
      <h3 className="flex flex-wrap items-center gap-2 font-medium">
        {say.preview}
        {data && <Badge tone="blue">{say.previewCount(data.matching, data.is_capped)}</Badge>}
        {data && data.already_late > 0 && <Badge tone="red">{say.alreadyLate(data.already_late)}</Badge>}
      </h3>
      <p className="text-xs text-muted">{say.previewHint}</p>
      {data?.shadowed_by && (
        <Banner tone="warning" className="mt-2">
          {say.shadowed(data.shadowed_by)}
        </Banner>
      )}
      {!data && <Skeleton className="mt-2 h-16" />}
      {data && data.matching > 0 && (
        <ul className="mt-2 divide-y divide-line">
          {data.tickets.map((ticket) => (
            <li key={ticket.id} className="flex items-center gap-2 py-1.5">
              <span className="tabular shrink-0 text-xs text-faint">#{ticket.number}</span>
              <span className="min-w-0 flex-1 truncate">{ticket.subject}</span>
              <span className={ticket.state_then === 'breached' ? 'text-red' : 'text-muted'}>
                {ticket.due_then ? format.relative(ticket.due_then) : say.pausedWord}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
