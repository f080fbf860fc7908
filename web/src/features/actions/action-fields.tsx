import type { ReactNode } from 'react'

import { ColorDot, Field, Input, PriorityIcon, Select, useStrings, type Priority } from '@/ui'
import { Combobox } from '@/ui/combobox'

import type { Action } from './api'
import type { Directory } from './directory'
import { OwnField } from './own-field'
import type { Part } from './part'
import { strings } from './strings'
import { TextWithPlaceholders } from './text-with-placeholders'

interface ActionFieldsProps {
  action: Action
  directory: Directory
  error: string | undefined
  onChange: (action: Action) => void
}

const PRIORITIES: Priority[] = ['low', 'medium', 'high', 'urgent']

/** What one action needs to know; actions that need nothing show nothing. */
export function ActionFields({ action, directory, error, onChange }: ActionFieldsProps) {
  const Fields = FIELDS[action.type]
  if (!Fields) return error ? <p className="px-3 py-2 text-sm text-red">{error}</p> : null
  return (
    <div className="space-y-3 px-3 py-3">
      <Fields action={action} directory={directory} onChange={onChange} set={(part) => onChange({ ...action, ...part })} />
      {error && (
        <p role="alert" className="text-sm text-red">
          {error}
        </p>
      )}
    </div>
  )
}

const people = (directory: Directory) =>
  directory.agents.map((agent) => ({ value: agent.id, label: agent.name, hint: agent.email }))
const teams = (directory: Directory) =>
  directory.teams.map((team) => ({ value: team.id, label: team.name, icon: <ColorDot color={team.color} /> }))

function Person({ action, directory, set }: Part) {
  const say = useStrings(strings)
  return (
    <Combobox
      aria-label={say.person}
      placeholder={say.nobody}
      isClearable
      value={action.agent_id as string | null}
      options={people(directory)}
      onChange={(agent_id) => set({ agent_id })}
    />
  )
}

function People({ action, directory, set }: Part) {
  const say = useStrings(strings)
  return (
    <Combobox
      isMultiple
      aria-label={say.people}
      value={action.user_ids as string[]}
      options={people(directory)}
      onChange={(user_ids) => set({ user_ids })}
    />
  )
}

function Team({ action, directory, set }: Part) {
  const say = useStrings(strings)
  const methods = Object.keys(say.methods) as (keyof typeof say.methods)[]
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Combobox
        aria-label={say.team}
        placeholder={say.noTeam}
        isClearable
        value={action.team_id as string | null}
        options={teams(directory)}
        onChange={(team_id) => set({ team_id })}
      />
      <Select
        aria-label={say.method}
        value={action.method as keyof typeof say.methods}
        onChange={(method) => set({ method })}
        options={methods.map((value) => ({ value, label: say.methods[value] }))}
      />
    </div>
  )
}

function PriorityPart({ action, set }: Part) {
  const say = useStrings(strings)
  return (
    <Select
      aria-label={say.priority}
      className="max-w-52"
      value={action.priority as Priority}
      onChange={(priority) => set({ priority })}
      options={PRIORITIES.map((value) => ({
        value,
        label: say.priorities[value],
        icon: <PriorityIcon priority={value} />,
      }))}
    />
  )
}

function Category({ action, directory, set }: Part) {
  const say = useStrings(strings)
  return (
    <Combobox
      aria-label={say.category}
      placeholder={say.noCategory}
      isClearable
      value={action.category_id as string | null}
      options={directory.categories.map((category) => ({
        value: category.id,
        label: category.name,
        icon: <ColorDot color={category.color} />,
      }))}
      onChange={(category_id) => set({ category_id })}
    />
  )
}

function ContextPart({ action, directory, set }: Part) {
  const say = useStrings(strings)
  return (
    <Combobox
      aria-label={say.context}
      placeholder={say.context}
      value={(action.context as string) || null}
      options={directory.contexts.map((name) => ({ value: name, label: name }))}
      onChange={(context) => set({ context: context ?? '' })}
    />
  )
}

function TagsPart({ action, directory, set }: Part) {
  const say = useStrings(strings)
  return (
    <Combobox
      isMultiple
      aria-label={say.tags}
      value={action.tag_ids as string[]}
      options={directory.tags.map((tag) => ({
        value: tag.id,
        label: tag.name,
        icon: <ColorDot color={tag.color} />,
      }))}
      onChange={(tag_ids) => set({ tag_ids })}
    />
  )
}

function Text({ action, directory, set }: Part) {
  const say = useStrings(strings)
  return (
    <TextWithPlaceholders
      label={say.text}
      value={action.body as string}
      placeholders={directory.placeholders}
      onChange={(body) => set({ body })}
    />
  )
}

function MailPart({ action, directory, set }: Part) {
  const say = useStrings(strings)
  return (
    <>
      <Field label={say.to} hint={say.toHint}>
        <Input
          value={(action.to as string[]).join(', ')}
          onChange={(event) => set({ to: event.target.value.split(/[,;]\s*/) })}
        />
      </Field>
      <Field label={say.subject}>
        <Input value={action.subject as string} onChange={(event) => set({ subject: event.target.value })} />
      </Field>
      <Text action={action} directory={directory} set={set} onChange={set} />
    </>
  )
}

function NotifyPart({ action, directory, set }: Part) {
  const say = useStrings(strings)
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={say.people}>
          <Combobox
            isMultiple
            value={action.user_ids as string[]}
            options={people(directory)}
            onChange={(user_ids) => set({ user_ids })}
          />
        </Field>
        <Field label={say.teams}>
          <Combobox
            isMultiple
            value={action.team_ids as string[]}
            options={teams(directory)}
            onChange={(team_ids) => set({ team_ids })}
          />
        </Field>
      </div>
      <Field label={say.message}>
        <Input value={action.message as string} onChange={(event) => set({ message: event.target.value })} />
      </Field>
    </>
  )
}

function SnoozePart({ action, set }: Part) {
  const say = useStrings(strings)
  return (
    <label className="flex items-center gap-2 text-sm">
      <span className="w-24">
        <Input
          type="number"
          min={1}
          value={String(action.hours ?? '')}
          onChange={(event) => set({ hours: Number(event.target.value) })}
        />
      </span>
      {say.hours}
    </label>
  )
}

function Reason({ action, set }: Part) {
  const say = useStrings(strings)
  return (
    <Input
      aria-label={say.reason}
      placeholder={say.reason}
      value={(action.reason as string | null) ?? ''}
      onChange={(event) => set({ reason: event.target.value || null })}
    />
  )
}

const FIELDS: Record<string, (part: Part) => ReactNode> = {
  assign: Person,
  assign_team: Team,
  set_priority: PriorityPart,
  set_category: Category,
  set_context: ContextPart,
  add_tags: TagsPart,
  remove_tags: TagsPart,
  set_field: OwnField,
  reply: Text,
  note: Text,
  mail: MailPart,
  notify: NotifyPart,
  snooze: SnoozePart,
  escalate: Reason,
  add_watchers: People,
  remove_watchers: People,
}
