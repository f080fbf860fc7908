import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, CalendarClock, MoreHorizontal, Plus, Timer } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { http } from '@/api/client'
import { LevelForm } from '@/features/sla/level-form'
import { slaQueries, type Sla } from '@/features/sla/queries'
import { strings } from '@/features/sla/strings'
import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  IconButton,
  Menu,
  PriorityLabel,
  SettingsPage,
  SettingsSection,
  SkeletonRows,
  toast,
  toastError,
  useFormat,
  useStrings,
} from '@/ui'

/** Service levels in the order in which they are tried. */
export default function LevelsPage() {
  const say = useStrings(strings)
  const { data: levels, error, refetch } = useQuery(slaQueries.levels())
  const [edited, edit] = useState<Sla | 'new' | null>(null)
  return (
    <SettingsPage
      title={say.title}
      description={say.about}
      isWide
      actions={
        <>
          <Button asChild>
            <Link to="/app/settings/calendars">
              <CalendarClock /> {say.calendarsLink}
            </Link>
          </Button>
          <Button variant="primary" icon={<Plus />} onClick={() => edit('new')}>
            {say.add}
          </Button>
        </>
      }
    >
      <SettingsSection isFlush>
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!levels && !error && <SkeletonRows rows={4} />}
        {levels?.length === 0 && (
          <EmptyState
            icon={<Timer />}
            title={say.empty}
            action={
              <Button variant="primary" icon={<Plus />} onClick={() => edit('new')}>
                {say.add}
              </Button>
            }
          >
            {say.emptyText}
          </EmptyState>
        )}
        {levels && levels.length > 0 && <LevelList levels={levels} onEdit={edit} />}
      </SettingsSection>
      {edited && <LevelForm sla={edited === 'new' ? null : edited} onClose={() => edit(null)} />}
    </SettingsPage>
  )
}

function LevelList({ levels, onEdit }: { levels: Sla[]; onEdit: (sla: Sla) => void }) {
  const client = useQueryClient()
  const reorder = useMutation({
    mutationFn: (ids: string[]) => http.post('/admin/slas/order', { sla_ids: ids }),
    onError: (error) => toastError(error),
    onSettled: () => client.invalidateQueries({ queryKey: slaQueries.all }),
  })
  const move = (from: number, to: number): void => {
    const ids = levels.map((level) => level.id)
    ids.splice(to, 0, ...ids.splice(from, 1))
    reorder.mutate(ids)
  }
  return (
    <ol>
      {levels.map((level, index) => (
        <LevelRow
          key={level.id}
          level={level}
          place={index + 1}
          onEdit={() => onEdit(level)}
          onUp={index > 0 ? () => move(index, index - 1) : undefined}
          onDown={index < levels.length - 1 ? () => move(index, index + 1) : undefined}
        />
      ))}
    </ol>
  )
}

interface LevelRowProps {
  level: Sla
  place: number
  onEdit: () => void
  onUp: (() => void) | undefined
  onDown: (() => void) | undefined
}

function LevelRow({ level, place, onEdit, onUp, onDown }: LevelRowProps) {
  const say = useStrings(strings)
  const format = useFormat()
  const client = useQueryClient()
  const [isAsking, ask] = useState(false)
  const scope = [level.context, level.team].filter(Boolean).join(' · ') || `${say.anyContext}, ${say.anyTeam.toLowerCase()}`
  const hours = level.business_hours_only ? (level.calendar ?? say.ownHours) : say.roundTheClock
  const remove = async (): Promise<void> => {
    await http.delete(`/admin/slas/${level.id}`)
    await client.invalidateQueries({ queryKey: slaQueries.all })
    toast(say.deleted)
  }
  return (
    <li className="group flex items-center max-sm:flex-wrap gap-x-3 gap-y-1 border-b border-line px-4 py-3 last:border-0 hover:bg-hover">
      <span className="tabular w-5 text-right text-xs text-faint max-sm:hidden">{place}</span>
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <p className="flex items-center gap-2">
          <button type="button" onClick={onEdit} className="truncate font-medium hover:underline">
            {level.name}
          </button>
          {!level.is_active && <Badge>{say.off}</Badge>}
        </p>
        <p className="truncate text-sm text-muted">
          {scope} · {hours}
        </p>
        {level.description && <p className="truncate text-sm text-faint">{level.description}</p>}
      </div>
      <span className="w-24 max-sm:hidden">
        <PriorityLabel priority={level.priority} />
      </span>
      <p className="tabular w-36 text-right text-sm max-sm:flex-1 max-sm:text-left">
        <span className="font-medium">{format.duration(level.response_time_minutes)}</span>
        <span className="text-faint"> / </span>
        <span className="font-medium">{format.duration(level.resolution_time_minutes)}</span>
        <span className="block text-xs text-faint">{say.targets}</span>
      </p>
      <span className="flex">
        <IconButton size="sm" label={say.up(level.name)} icon={<ArrowUp />} disabled={!onUp} onClick={onUp} />
        <IconButton size="sm" label={say.down(level.name)} icon={<ArrowDown />} disabled={!onDown} onClick={onDown} />
        <Menu
          trigger={<IconButton size="sm" label={say.more(level.name)} icon={<MoreHorizontal />} />}
          items={[
            { label: say.edit(level.name), onSelect: onEdit },
            'separator',
            { label: say.deleteLabel, isDanger: true, onSelect: () => ask(true) },
          ]}
        />
      </span>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={ask}
        title={say.deleteTitle(level.name)}
        description={say.deleteText}
        confirmLabel={say.deleteLabel}
        onConfirm={remove}
      />
    </li>
  )
}
