/** Buttons, fields, choices and labels in every state. */
import { Archive, Bell, Check, Mail, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { ApiError } from '@/api/client'
import { Combobox } from '@/ui/combobox'
import { Avatar, Badge, Button, Checkbox, ColorPicker, Field, FormActions, FormError, IconButton, Input, Kbd, PasswordInput, PriorityLabel, RadioGroup, RelativeTime, SearchInput, Select, Spinner, SplitButton, Stars, StatusPill, Switch, Tabs, TagChip, Textarea, Tooltip, type Tone } from '@/ui'
import { RowMenu } from '@/ui/settings-list'

import { PEOPLE, Row, Sample } from './sample'

const TWO_HOURS_AGO = new Date(Date.now() - 7_200_000).toISOString()

export function Buttons() {
  return (
    <Sample name="Buttons">
      <Row>
        <Button variant="primary" icon={<Plus />}>
          New ticket
        </Button>
        <Button>Assign</Button>
        <Button variant="ghost">Cancel</Button>
        <Button variant="danger">Delete</Button>
        <Button variant="quiet-danger">Remove</Button>
      </Row>
      <Row>
        <Button variant="primary" isBusy>
          Saving
        </Button>
        <Button disabled>Disabled</Button>
        <Button size="sm">Small</Button>
        <Button size="lg" variant="primary">
          Large
        </Button>
      </Row>
      <Row>
        <IconButton label="Archive" keys="e" icon={<Archive />} />
        <IconButton label="Notifications" icon={<Bell />} isPressed />
        <IconButton label="Delete" icon={<Trash2 />} variant="secondary" />
        <SplitButton items={[{ label: 'Send and close', keys: 'mod+shift+enter' }, { label: 'Send later' }]}>Send</SplitButton>
        <Kbd keys="mod+shift+k" /> <Kbd keys="g i" />
        <Tooltip label="Close the ticket" keys="e">
          <Button icon={<Check />}>With a tooltip</Button>
        </Tooltip>
        <Spinner />
        <RowMenu onEdit={() => undefined} onDelete={() => undefined} />
      </Row>
    </Sample>
  )
}

export function Fields() {
  const [text, setText] = useState('')
  return (
    <Sample name="Fields">
      <Field label="Name" hint="How people here will address you." isRequired>
        <Input value={text} onChange={(event) => setText(event.target.value)} placeholder="Ada Lovelace" />
      </Field>
      <Field label="E-mail" error="An account with this address exists. Sign in instead.">
        <Input type="email" defaultValue="ada@example.com" lead={<Mail />} />
      </Field>
      <Field label="Password">
        <PasswordInput defaultValue="secret" />
      </Field>
      <Field label="Message" isOptional>
        <Textarea placeholder="What happened?" />
      </Field>
      <Field label="Locked">
        <Input defaultValue="Set by the contract" disabled />
      </Field>
      <SearchInput label="Search tickets" value={text} onChange={setText} keys="/" />
      <FormError error={new ApiError('A company with this domain exists already.', 409, 'taken')} />
      <FormActions isBusy={false} onCancel={() => undefined} />
    </Sample>
  )
}

export function Choices() {
  const [isOn, turn] = useState(true)
  const [kind, choose] = useState<'all' | 'mine'>('all')
  const [person, pick] = useState<string | null>('Ana Souza')
  const [people, pickMany] = useState<string[]>(['Ana Souza'])
  const [color, paint] = useState<Tone>('violet')
  const [rating, rate] = useState<number | null>(3)
  return (
    <Sample name="Choices">
      <Row>
        <Checkbox checked={isOn} onChange={turn} label="Show closed" hint="Also those in the archive." />
        <Checkbox checked="indeterminate" onChange={turn} label="Some" />
        <Checkbox checked={false} onChange={turn} label="Disabled" disabled />
      </Row>
      <Switch checked={isOn} onChange={turn} label="Answer with AI" hint="It answers from your articles only." />
      <RadioGroup
        aria-label="Which tickets"
        value={kind}
        onChange={choose}
        options={[
          { value: 'all', label: 'All tickets', hint: 'Whoever they belong to.' },
          { value: 'mine', label: 'Mine' },
        ]}
      />
      <Select
        aria-label="Priority"
        value="high"
        onChange={() => undefined}
        options={(['low', 'medium', 'high', 'urgent'] as const).map((value) => ({ value, label: value }))}
      />
      <Combobox aria-label="Assignee" value={person} onChange={pick} options={PEOPLE} isClearable />
      <Combobox aria-label="Followers" isMultiple value={people} onChange={pickMany} options={PEOPLE} />
      <ColorPicker label="Colour" value={color} onChange={paint} />
      <Stars value={rating} onRate={rate} />
    </Sample>
  )
}

export function Labels() {
  const [tab, setTab] = useState<'open' | 'closed'>('open')
  const tones: Tone[] = ['neutral', 'accent', 'blue', 'green', 'amber', 'orange', 'red', 'violet']
  return (
    <Sample name="Labels">
      <Row>
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </Row>
      <Row>
        <StatusPill status="open" />
        <StatusPill status="human_assigned" />
        <StatusPill status="waiting" />
        <StatusPill status="closed" />
        <StatusPill status="snoozed" label="Snoozed" />
        <StatusPill status="failed" label="Not delivered" />
      </Row>
      <Row>
        {(['low', 'medium', 'high', 'urgent'] as const).map((priority) => (
          <PriorityLabel key={priority} priority={priority} />
        ))}
      </Row>
      <Row>
        <TagChip name="refund" color="red" onRemove={() => undefined} />
        <TagChip name="shipping" color="blue" />
        <Avatar name="Ana Souza" isPresent />
        <Avatar name="Björn Lind" size="lg" />
        <Avatar name="AI" isAi />
        <RelativeTime at={TWO_HOURS_AGO} className="text-sm text-muted" />
      </Row>
      <Tabs
        label="Tickets"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'open', label: 'Open', count: 12, content: 'Twelve open tickets.' },
          { value: 'closed', label: 'Closed', content: 'All closed ones.' },
        ]}
      />
    </Sample>
  )
}
