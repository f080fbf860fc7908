import { useQuery } from '@tanstack/react-query'
import { MoreHorizontal, Pause, Pencil, Play, Plus, Square, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'

import { useUser } from '@/features/accounts/session'
import { Button, IconButton } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { ConfirmDialog } from '@/ui/dialog'
import { useFormat, useStrings } from '@/ui/locale'
import { Menu } from '@/ui/menu'
import { RelativeTime } from '@/ui/relative-time'
import { Skeleton } from '@/ui/states'

import { EntryForm } from './entry-form'
import { timeQueries, useTimeActions, type ReceivedTimer, type TimeEntry } from './queries'
import { strings } from './strings'

type Actions = ReturnType<typeof useTimeActions>

/** Time of one ticket: the running timer, what was logged, and a form to log more. */
export function TimePanel({ ticketId }: { ticketId: string }) {
  const say = useStrings(strings)
  const format = useFormat()
  const actions = useTimeActions(ticketId)
  const [isLogging, setLogging] = useState(false)
  const { data: timer } = useQuery(timeQueries.timer())
  const { data } = useQuery(timeQueries.ticket(ticketId))
  return (
    <div className="space-y-3 text-sm">
      <TimerRow ticketId={ticketId} timer={timer} actions={actions} />
      {data ? <EntryList entries={data.time_entries} actions={actions} /> : <Skeleton className="h-12" />}
      {isLogging ? (
        <EntryForm
          isBusy={actions.log.isPending}
          submitLabel={say.logIt}
          onCancel={() => setLogging(false)}
          onSubmit={(values) => actions.log.mutate(values, { onSuccess: () => setLogging(false) })}
        />
      ) : (
        <div className="flex items-center justify-between gap-2">
          <Button size="sm" variant="ghost" className="-ml-2" icon={<Plus />} onClick={() => setLogging(true)}>
            {say.log}
          </Button>
          {data && data.totals.total_minutes > 0 && (
            <span className="tabular text-right text-xs text-muted">
              <span className="font-medium text-ink">{format.duration(data.totals.total_minutes)}</span>
              {' · '}
              {say.ofWhichBillable(format.duration(data.totals.billable_minutes))}
            </span>
          )}
        </div>
      )}
    </div>
  )
}

interface TimerRowProps {
  ticketId: string
  timer: ReceivedTimer | null | undefined
  actions: Actions
}

function TimerRow({ ticketId, timer, actions }: TimerRowProps) {
  const say = useStrings(strings)
  const [isAsking, ask] = useState(false)
  if (timer === undefined) return <Skeleton className="h-8" />
  if (timer === null) {
    return (
      <Button
        size="sm"
        icon={<Play />}
        isBusy={actions.start.isPending}
        onClick={() => actions.start.mutate(undefined)}
        className="w-full"
      >
        {say.start}
      </Button>
    )
  }
  const isHere = timer.ticket_id === ticketId
  return (
    <div className={cx('rounded-md border p-2', timer.is_running ? 'border-accent-line bg-accent-soft' : 'border-line')}>
      {!isHere && (
        <p className="mb-1.5 flex items-baseline gap-2 text-xs text-muted">
          <span className="truncate">{say.elsewhere(timer.ticket_number)}</span>
          <Link to={`/app/tickets/${timer.ticket_id}`} className="shrink-0 text-accent-text hover:underline">
            {say.open}
          </Link>
        </p>
      )}
      <div className="flex items-center gap-1">
        <Running timer={timer} />
        <span className="flex-1" />
        {timer.is_running ? (
          <IconButton size="sm" label={say.pause} icon={<Pause />} onClick={() => actions.pause.mutate(undefined)} />
        ) : (
          <IconButton size="sm" label={say.resume} icon={<Play />} onClick={() => actions.resume.mutate(undefined)} />
        )}
        <IconButton size="sm" label={say.stop} icon={<Square />} onClick={() => actions.stop.mutate({})} />
        <Menu
          trigger={<IconButton size="sm" label={say.more} icon={<MoreHorizontal />} />}
          items={[
            {
              label: timer.billable ? say.notBillable : say.billable,
              onSelect: () => actions.describe.mutate({ billable: !timer.billable }),
            },
            'separator',
            { label: say.discard, icon: <Trash2 />, isDanger: true, onSelect: () => ask(true) },
          ]}
        />
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={ask}
        title={say.discardTitle}
        description={say.discardText}
        confirmLabel={say.discard}
        onConfirm={() => actions.discard.mutateAsync(undefined)}
      />
    </div>
  )
}

/** Hours, minutes and seconds that count on by themselves while the timer runs. */
function Running({ timer }: { timer: ReceivedTimer }) {
  const [now, tick] = useState(() => Date.now())
  useEffect(() => {
    if (!timer.is_running) return
    const interval = setInterval(() => tick(Date.now()), 1000)
    return () => clearInterval(interval)
  }, [timer.is_running])
  const passed = timer.is_running ? Math.max(0, now - timer.receivedAt) / 1000 : 0
  const seconds = Math.floor(timer.elapsed_seconds + passed)
  const two = (value: number): string => String(value).padStart(2, '0')
  return (
    <span role="timer" className="tabular font-mono text-base font-medium">
      {two(Math.floor(seconds / 3600))}:{two(Math.floor(seconds / 60) % 60)}:{two(seconds % 60)}
    </span>
  )
}

function EntryList({ entries, actions }: { entries: TimeEntry[]; actions: Actions }) {
  const say = useStrings(strings)
  if (entries.length === 0) return <p className="text-sm text-faint">{say.none}</p>
  return (
    <ul className="max-h-72 space-y-0.5 overflow-y-auto">
      {entries.map((entry) => (
        <EntryRow key={entry.id} entry={entry} actions={actions} />
      ))}
    </ul>
  )
}

function EntryRow({ entry, actions }: { entry: TimeEntry; actions: Actions }) {
  const say = useStrings(strings)
  const format = useFormat()
  const user = useUser()
  const [isEditing, setEditing] = useState(false)
  const [isAsking, ask] = useState(false)
  const mayChange = entry.user_id === user.id || user.role === 'admin'
  if (isEditing) {
    return (
      <li>
        <EntryForm
          entry={entry}
          isBusy={actions.change.isPending}
          submitLabel={say.edit}
          onCancel={() => setEditing(false)}
          onSubmit={(values) =>
            actions.change.mutate({ id: entry.id, ...values }, { onSuccess: () => setEditing(false) })
          }
        />
      </li>
    )
  }
  return (
    <li className="group relative flex items-start gap-2 rounded-sm px-1 py-1 hover:bg-hover">
      <span className="tabular w-16 shrink-0 font-medium">{format.duration(entry.duration_minutes)}</span>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{entry.description || say.kinds[entry.entry_type]}</span>
        <span className="block truncate text-xs text-faint">
          {entry.user_name || entry.user_email} · {entry.description && `${say.kinds[entry.entry_type]} · `}
          {!entry.billable && `${say.notBillable} · `}
          <RelativeTime at={entry.worked_at} />
        </span>
      </span>
      {mayChange && (
        <span className="absolute inset-y-0 right-1 flex items-center rounded-sm bg-surface opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
          <IconButton size="sm" label={say.edit} icon={<Pencil />} onClick={() => setEditing(true)} />
          <IconButton size="sm" label={say.remove} icon={<Trash2 />} onClick={() => ask(true)} />
        </span>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={ask}
        title={say.removeTitle}
        description={say.removeText}
        confirmLabel={say.remove}
        onConfirm={() => actions.remove.mutateAsync(entry.id)}
      />
    </li>
  )
}
