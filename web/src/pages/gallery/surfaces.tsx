/** What opens, what lists, what is empty or fails, what is resized. */
import { Inbox, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { ApiError, OfflineError } from '@/api/client'
import { Combobox } from '@/ui/combobox'
import { CommandDialog, CommandRow } from '@/ui/command-dialog'
import { Finder } from '@/ui/finder'
import { ResizablePanels } from '@/ui/panels'
import { Listed } from '@/ui/settings-list'
import { Sortable } from '@/ui/sortable'
import { Avatar, Banner, Button, Card, ConfirmDialog, Dialog, EmptyState, ErrorState, Menu, Pagination, Popover, SettingsSection, Sheet, SkeletonRows, SkeletonText, Table, toast, type Sort } from '@/ui'

import { PEOPLE, Row, Sample } from './sample'

export function Overlays() {
  const [open, setOpen] = useState<'dialog' | 'sheet' | 'confirm' | 'command' | null>(null)
  const [words, setWords] = useState('')
  const toggle = (name: typeof open) => (isOpen: boolean) => setOpen(isOpen ? name : null)
  return (
    <Sample name="Overlays">
      <Row>
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => setOpen('sheet')}>Sheet</Button>
        <Button onClick={() => setOpen('confirm')}>Confirm</Button>
        <Button onClick={() => setOpen('command')}>Command</Button>
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
      {open === 'command' && (
        <CommandDialog
          label="Assign to…"
          heading="#1042 Where is my parcel?"
          words={words}
          onWords={setWords}
          empty="Nothing matches."
          onClose={() => setOpen(null)}
        >
          {PEOPLE.map(({ value, label }) => (
            <CommandRow key={value} value={value} onSelect={() => setOpen(null)}>
              <Avatar name={label} size="xs" /> {label}
            </CommandRow>
          ))}
        </CommandDialog>
      )}
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

export function Lists() {
  const [sort, setSort] = useState<Sort>({ by: 'subject', order: 'asc' })
  const [page, setPage] = useState(1)
  const [words, setWords] = useState('')
  const people = PEOPLE.filter(({ label }) => label.toLowerCase().includes(words.toLowerCase()))
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
      <div className="border-t border-line p-4">
        <Finder label="Find a person" words={words} onWords={setWords} found={people} keyOf={(each) => each.value} empty="Nobody matches.">
          {({ label }) => (
            <button type="button" className="flex w-full items-center gap-3 rounded-sm px-2 py-1.5 text-left text-sm hover:bg-hover">
              <Avatar name={label} size="xs" /> {label}
            </button>
          )}
        </Finder>
      </div>
    </SettingsSection>
  )
}

/** Rows with an order of their own, moved by mouse or keys. */
export function Ordered() {
  const [people, order] = useState(PEOPLE)
  return (
    <SettingsSection title="Order" isFlush>
      <Sortable
        rows={people}
        rowKey={(row) => row.value}
        rowName={(row) => row.label}
        onOrder={(keys) => order(keys.flatMap((key) => PEOPLE.filter((each) => each.value === key)))}
      >
        {(row) => <span className="flex-1 py-2.5 text-sm">{row.label}</span>}
      </Sortable>
      <Listed
        query={{ data: [], error: null, refetch: () => Promise.reject(new Error('gallery')) }}
        empty={{ icon: <Inbox />, title: 'No rules yet', hint: 'A good first one: urgent tickets go to your fastest team.' }}
      >
        {() => null}
      </Listed>
    </SettingsSection>
  )
}

export function States() {
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

export function Layouts() {
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
