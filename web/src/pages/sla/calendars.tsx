import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CalendarClock, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { http } from '@/api/client'
import { CalendarForm } from '@/features/sla/calendar-form'
import { slaQueries, type Calendar } from '@/features/sla/queries'
import { strings } from '@/features/sla/strings'
import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  IconButton,
  SettingsPage,
  SettingsSection,
  SkeletonRows,
  toast,
  useFormat,
  useStrings,
} from '@/ui'

/** Business calendars: when the teams work. */
export default function CalendarsPage() {
  const say = useStrings(strings)
  const { data: calendars, error, refetch } = useQuery(slaQueries.calendars())
  const [edited, edit] = useState<Calendar | 'new' | null>(null)
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => edit('new')}>
      {say.addCalendar}
    </Button>
  )
  return (
    <SettingsPage
      title={say.calendars}
      description={say.calendarsAbout}
      back={{ to: '/app/settings/sla', label: say.title }}
      actions={add}
    >
      <SettingsSection isFlush>
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!calendars && !error && <SkeletonRows rows={3} />}
        {calendars?.length === 0 && (
          <EmptyState icon={<CalendarClock />} title={say.noCalendars} action={add}>
            {say.noCalendarsText}
          </EmptyState>
        )}
        <ul>
          {calendars?.map((calendar) => (
            <CalendarRow key={calendar.id} calendar={calendar} onEdit={() => edit(calendar)} />
          ))}
        </ul>
      </SettingsSection>
      {edited && <CalendarForm calendar={edited === 'new' ? null : edited} onClose={() => edit(null)} />}
    </SettingsPage>
  )
}

function CalendarRow({ calendar, onEdit }: { calendar: Calendar; onEdit: () => void }) {
  const say = useStrings(strings)
  const format = useFormat()
  const client = useQueryClient()
  const [isAsking, ask] = useState(false)
  const remove = async (): Promise<void> => {
    await http.delete(`/admin/sla-calendars/${calendar.id}`)
    await client.invalidateQueries({ queryKey: slaQueries.all })
    toast(say.calendarDeleted)
  }
  const place = [calendar.country, calendar.subdivision].filter(Boolean).join('-')
  return (
    <li className="flex items-center gap-3 border-b border-line px-5 py-3 last:border-0 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <button type="button" onClick={onEdit} className="truncate font-medium hover:underline">
            {calendar.name}
          </button>
          {calendar.is_default && <Badge tone="accent">{say.isDefault}</Badge>}
        </p>
        <p className="truncate text-sm text-muted">
          {calendar.timezone.replaceAll('_', ' ')}
          {place && ` · ${say.country} ${place}`} · {say.usedBy(calendar.used_by)}
        </p>
      </div>
      <span className="tabular text-sm text-muted">{say.weekly(format.duration(calendar.weekly_minutes))}</span>
      <IconButton size="sm" label={say.deleteTitle(calendar.name)} icon={<Trash2 />} onClick={() => ask(true)} />
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={ask}
        title={say.deleteTitle(calendar.name)}
        description={say.deleteCalendarText}
        confirmLabel={say.deleteLabel}
        onConfirm={remove}
      />
    </li>
  )
}
