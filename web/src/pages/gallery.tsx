import { Archive, Bell, Inbox, Mail, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import { ApiError, OfflineError } from '@/api/client'
import { Chart, Sparkline } from '@/ui/chart'
import { Combobox } from '@/ui/combobox'
import { AttachmentList, FileDrop, UploadList, type Upload } from '@/ui/files'
import { Markdown } from '@/ui/markdown'
import { ResizablePanels } from '@/ui/panels'
import {
  Avatar,
  Badge,
  Banner,
  Button,
  Card,
  Checkbox,
  ColorPicker,
  ConfirmDialog,
  Dialog,
  EmptyState,
  ErrorState,
  Field,
  IconButton,
  Input,
  Kbd,
  Menu,
  PageHeader,
  Pagination,
  PasswordInput,
  Popover,
  PriorityLabel,
  RadioGroup,
  RelativeTime,
  SearchInput,
  Segmented,
  Select,
  SettingsSection,
  Sheet,
  SkeletonRows,
  SkeletonText,
  SplitButton,
  Stars,
  StatusPill,
  Switch,
  Table,
  Tabs,
  TagChip,
  Textarea,
  toast,
  useTheme,
  type Sort,
  type Theme,
  type Tone,
} from '@/ui'

/** Development only: every component in every state, to look at and to test. */
export default function GalleryPage() {
  const { theme, setTheme } = useTheme()
  return (
    <main className="mx-auto max-w-6xl px-6 py-10">
      <PageHeader
        title="Gallery"
        description="Every component and its states, in the theme you choose."
        actions={
          <Segmented<Theme>
            label="Theme"
            value={theme}
            onChange={setTheme}
            options={[
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
              { value: 'system', label: 'System' },
            ]}
          />
        }
      />
      <div className="grid gap-6 lg:grid-cols-2">
        <Buttons />
        <Fields />
        <Choices />
        <Labels />
        <Overlays />
        <Lists />
        <States />
        <Writing />
        <Charts />
        <Layouts />
      </div>
    </main>
  )
}

function Sample({ name, children }: { name: string; children: ReactNode }) {
  return <SettingsSection title={name}>{children}</SettingsSection>
}

function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2.5">{children}</div>
}

function Buttons() {
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
      </Row>
    </Sample>
  )
}

function Fields() {
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
      <SearchInput label="Search tickets" value={text} onChange={setText} keys="/" />
    </Sample>
  )
}

const PEOPLE = ['Ana Souza', 'Björn Lind', 'Chiara Rossi', 'Dewi Lestari'].map((label) => ({ value: label, label }))

function Choices() {
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

function Labels() {
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

function Overlays() {
  const [open, setOpen] = useState<'dialog' | 'sheet' | 'confirm' | null>(null)
  const toggle = (name: typeof open) => (isOpen: boolean) => setOpen(isOpen ? name : null)
  return (
    <Sample name="Overlays">
      <Row>
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => setOpen('sheet')}>Sheet</Button>
        <Button onClick={() => setOpen('confirm')}>Confirm</Button>
        <Menu
          trigger={<Button>Menu</Button>}
          items={[
            { heading: 'Ticket' },
            { label: 'Rename', icon: <Pencil />, keys: 'f2' },
            { label: 'Follow', isChecked: true },
            { label: 'Move to', items: [{ label: 'Inbox' }, { label: 'Archive' }] },
            'separator',
            { label: 'Delete', icon: <Trash2 />, isDanger: true },
          ]}
        />
        <Popover trigger={<Button>Popover</Button>} label="More">
          <p className="text-sm">Anything may stand here.</p>
        </Popover>
        <Button onClick={() => toast('Ticket closed', { onUndo: () => toast('Reopened', { tone: 'info' }) })}>Toast</Button>
        <Button onClick={() => toast('Not sent', { tone: 'danger', description: 'The mail server refused it.' })}>Error toast</Button>
      </Row>
      <Dialog
        isOpen={open === 'dialog'}
        onOpenChange={toggle('dialog')}
        title="Assign ticket"
        description="The AI stops answering once a person has it."
        footer={<Button variant="primary">Assign</Button>}
      >
        <Combobox aria-label="Person" value={null} onChange={() => undefined} options={PEOPLE} />
      </Dialog>
      <Sheet isOpen={open === 'sheet'} onOpenChange={toggle('sheet')} title="Filter">
        <SkeletonText />
      </Sheet>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        onOpenChange={toggle('confirm')}
        title="Delete 3 tickets?"
        description="They stay in the trash for 30 days."
        confirmLabel="Delete 3 tickets"
        onConfirm={() => Promise.reject(new ApiError('One of them is still open.', 400, 'open'))}
      />
      <Banner title="Set up e-mail">Replies go out once an account is connected.</Banner>
      <Banner tone="success">The connection works.</Banner>
      <Banner tone="warning">This account was never tested.</Banner>
      <Banner tone="danger">The server refused the password.</Banner>
      <Banner tone="offline">Live updates are interrupted. Trying again…</Banner>
    </Sample>
  )
}

const ROWS = [
  { id: '1', subject: 'Where is my parcel?', from: 'Ada Lovelace', count: 3 },
  { id: '2', subject: 'Invoice shows the wrong address', from: 'Alan Turing', count: 12 },
  { id: '3', subject: 'Cannot sign in on my phone', from: 'Grace Hopper', count: 1 },
]

function Lists() {
  const [sort, setSort] = useState<Sort>({ by: 'subject', order: 'asc' })
  const [page, setPage] = useState(1)
  return (
    <SettingsSection title="Table" isFlush>
      <Table
        label="Tickets"
        rows={ROWS}
        rowKey={(row) => row.id}
        sort={sort}
        onSort={setSort}
        onOpen={(row) => toast(row.subject, { tone: 'info' })}
        columns={[
          { id: 'subject', header: 'Subject', cell: (row) => row.subject, isSortable: true },
          { id: 'from', header: 'From', cell: (row) => row.from, isSortable: true },
          { id: 'count', header: 'Messages', cell: (row) => row.count, align: 'right' },
        ]}
      />
      <div className="border-t border-line px-4 py-2">
        <Pagination
          info={{ page, page_size: 10, total_count: 143, total_pages: 15 }}
          onPage={setPage}
          onPageSize={() => setPage(1)}
        />
      </div>
      <SkeletonRows rows={2} />
    </SettingsSection>
  )
}

function States() {
  return (
    <Sample name="States">
      <EmptyState icon={<Inbox />} title="Nothing to do" action={<Button>Show all tickets</Button>} className="!py-6">
        Every ticket of this view is answered.
      </EmptyState>
      <ErrorState error={new OfflineError()} onRetry={() => undefined} className="[&>div]:!py-6" />
      <ErrorState
        error={new ApiError('Something went wrong on our side. Try again in a moment.', 500, 'internal', [], '7f3a91')}
        className="[&>div]:!py-6"
      />
    </Sample>
  )
}

const TEXT = `Hello **Ada**, your parcel left us *yesterday* [1].

1. Open the tracking page
2. Enter the number \`DW-4711\`

> Where is my parcel?

\`\`\`sh
curl https://example.com/track/DW-4711
\`\`\`
See https://example.com/help.`

const TWO_HOURS_AGO = new Date(Date.now() - 7_200_000).toISOString()
const file = (name: string, size: number): File => new File([new Uint8Array(size)], name, { type: 'application/pdf' })

function Writing() {
  const uploads: Upload[] = [
    { key: 'a', file: file('invoice.pdf', 48_000), progress: 0.6, state: 'sending' },
    { key: 'b', file: file('manual.pdf', 12_000), progress: 1, state: 'done' },
    { key: 'c', file: file('scan.pdf', 9_000), progress: 0, state: 'failed', error: 'Larger than 10 MB' },
  ]
  return (
    <Sample name="Text and files">
      <Markdown
        text={TEXT}
        className="text-base"
        citation={(number) => <sup className="font-medium text-violet">[{number}]</sup>}
      />
      <FileDrop onFiles={() => undefined} />
      <UploadList uploads={uploads} onRemove={() => undefined} onRetry={() => undefined} />
      <AttachmentList attachments={[{ id: 'x', file_name: 'invoice.pdf', file_size: 48_000, mime_type: 'application/pdf' }]} />
    </Sample>
  )
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function Charts() {
  return (
    <Sample name="Charts">
      <Chart
        title="Tickets a day"
        labels={DAYS}
        series={[
          { name: 'Opened', values: [12, 18, 9, 22, 17, 4, 3] },
          { name: 'Closed', values: [8, 15, 14, 19, 20, 6, 2] },
        ]}
      />
      <Chart
        title="Who answered"
        kind="stacked"
        labels={DAYS}
        series={[
          { name: 'AI', values: [7, 12, 5, 15, 9, 3, 2], tone: 'violet' },
          { name: 'People', values: [5, 6, 4, 7, 8, 1, 1], tone: 'accent' },
        ]}
      />
      <Row>
        <Sparkline label="Rising" values={[1, 3, 2, 5, 4, 8]} />
        <Sparkline label="Falling" values={[9, 7, 8, 4, 3, 1]} tone="red" />
      </Row>
    </Sample>
  )
}

function Layouts() {
  return (
    <Sample name="Panels">
      <ResizablePanels
        name="gallery"
        className="h-40 overflow-hidden rounded-md border border-line"
        panels={[
          { id: 'list', width: 140, minWidth: 100, maxWidth: 240, content: <p className="p-3 text-sm">List</p> },
          { id: 'thread', content: <p className="p-3 text-sm">Thread</p> },
          { id: 'details', width: 120, minWidth: 90, content: <p className="p-3 text-sm">Details</p> },
        ]}
      />
      <Card className="p-4 text-sm">A card.</Card>
    </Sample>
  )
}
