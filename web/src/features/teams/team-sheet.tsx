import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'

import {
  Avatar,
  Button,
  Checkbox,
  ColorPicker,
  Field,
  fieldError,
  Form,
  FormActions,
  FormError,
  IconButton,
  Input,
  RadioGroup,
  Sheet,
  Switch,
  Textarea,
  toast,
  useStrings,
} from '@/ui'
import { Combobox } from '@/ui/combobox'

import { teamQueries, useSaveTeam, type Assignment, type MemberWrite, type Team } from './api'
import { strings } from './strings'

export function TeamSheet({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const say = useStrings(strings)
  const save = useSaveTeam()
  const [name, setName] = useState(team?.name ?? '')
  const [description, setDescription] = useState(team?.description ?? '')
  const [color, setColor] = useState(team?.color ?? 'blue')
  const [assignment, setAssignment] = useState<Assignment>(team?.assignment ?? 'team_only')
  const [isRestricted, restrict] = useState(team?.is_restricted ?? false)
  const [members, setMembers] = useState<MemberWrite[]>(team?.members ?? [])
  const submit = async (): Promise<void> => {
    await save.mutateAsync({
      id: team?.id,
      name,
      description,
      color,
      assignment,
      is_restricted: isRestricted,
      members: members.map(({ user_id, is_lead, takes_tickets, capacity }) => ({ user_id, is_lead, takes_tickets, capacity })),
    })
    toast(say.saved)
    onClose()
  }
  return (
    <Sheet isOpen onOpenChange={onClose} title={team ? say.editTeam : say.newTeam} width="lg">
      <Form onSubmit={() => submit().catch(() => undefined)}>
        <FormError error={save.error} fields={['name']} />
        <Field label={say.name} isRequired error={fieldError(save.error, 'name')}>
          <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={80} autoFocus />
        </Field>
        <Field label={say.description} isOptional>
          <Textarea rows={2} value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <Field label={say.color}>
          <ColorPicker label={say.color} value={color} onChange={setColor} />
        </Field>
        <Members members={members} onChange={setMembers} />
        <Field label={say.assignment}>
          <RadioGroup
            aria-label={say.assignment}
            value={assignment}
            onChange={setAssignment}
            options={(Object.keys(say.assignments) as Assignment[]).map((value) => ({
              value,
              label: say.assignments[value],
            }))}
          />
        </Field>
        <Switch
          label={say.restrictedLabel}
          hint={say.restrictedHint}
          checked={isRestricted}
          onChange={restrict}
        />
        <FormActions isBusy={save.isPending} isDirty={name.trim() !== ''} onCancel={onClose} />
      </Form>
    </Sheet>
  )
}

interface MembersProps {
  members: MemberWrite[]
  onChange: (members: MemberWrite[]) => void
}

function Members({ members, onChange }: MembersProps) {
  const say = useStrings(strings)
  const { data: agents = [] } = useQuery(teamQueries.agents)
  const nameOf = (id: string): string => agents.find((agent) => agent.id === id)?.name ?? '…'
  const change = (id: string, part: Partial<MemberWrite>): void =>
    onChange(members.map((member) => (member.user_id === id ? { ...member, ...part } : member)))
  const known = new Set(members.map((member) => member.user_id))
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1.5 text-sm font-medium">{say.people}</legend>
      <div className="divide-y divide-line rounded-md border border-line">
        {members.map((member) => (
          <div key={member.user_id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2">
            <span className="flex min-w-40 flex-1 items-center gap-2 text-sm font-medium">
              <Avatar name={nameOf(member.user_id)} size="sm" />
              {nameOf(member.user_id)}
            </span>
            <Checkbox
              label={say.lead}
              checked={member.is_lead}
              onChange={(is_lead) => change(member.user_id, { is_lead })}
            />
            <Checkbox
              label={say.takes}
              checked={member.takes_tickets}
              onChange={(takes_tickets) => change(member.user_id, { takes_tickets })}
            />
            <label className="flex items-center gap-2 text-sm" title={say.capacityHint}>
              <span className="whitespace-nowrap">{say.capacity}</span>
              <span className="w-18">
                <Input
                  type="number"
                  min={1}
                  placeholder="∞"
                  value={member.capacity ?? ''}
                  onChange={(event) =>
                    change(member.user_id, { capacity: event.target.value === '' ? null : Number(event.target.value) })
                  }
                />
              </span>
            </label>
            <IconButton
              size="sm"
              label={say.remove(nameOf(member.user_id))}
              icon={<X />}
              onClick={() => onChange(members.filter((other) => other.user_id !== member.user_id))}
            />
          </div>
        ))}
        {members.length === 0 && <p className="px-3 py-3 text-sm text-muted">{say.empty}</p>}
      </div>
      <Combobox
        aria-label={say.addPerson}
        value={null}
        options={agents
          .filter((agent) => !known.has(agent.id))
          .map((agent) => ({ value: agent.id, label: agent.name, hint: agent.email, icon: <Avatar name={agent.name} size="xs" /> }))}
        onChange={(id) =>
          id && onChange([...members, { user_id: id, is_lead: false, takes_tickets: true, capacity: null }])
        }
        trigger={
          <Button size="sm" icon={<Plus />}>
            {say.addPerson}
          </Button>
        }
      />
    </fieldset>
  )
}
