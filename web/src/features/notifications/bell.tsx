import { useQuery } from '@tanstack/react-query'
import { Bell, CheckCheck } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { useLiveQueries } from '@/api/live'
import { Button, EmptyState, IconButton, Popover, SkeletonRows, useStrings } from '@/ui'

import { notificationQueries, useMarkRead } from './api'
import { NotificationList } from './notification-list'
import { strings } from './strings'

/** The bell of the workspace: how many are unread, and the newest of them. */
export function NotificationBell() {
  const say = useStrings(strings)
  const [isOpen, open] = useState(false)
  const { data: count = 0 } = useQuery({ ...notificationQueries.count, refetchInterval: 60_000 })
  useLiveQueries(notificationQueries.all, (event) => event.kind === 'notification.added')
  const label = count > 0 ? `${say.notifications}, ${say.unread(count)}` : say.notifications
  return (
    <span className="relative inline-grid">
      <Popover
        isOpen={isOpen}
        onOpenChange={open}
        side="right"
        align="end"
        label={say.notifications}
        className="w-96 overflow-hidden"
        trigger={<IconButton label={label} icon={<Bell />} />}
      >
        {isOpen && <Newest onClose={() => open(false)} />}
      </Popover>
      {count > 0 && (
        <span
          aria-hidden
          className="pointer-events-none absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[0.625rem] font-semibold text-accent-ink"
        >
          {count > 99 ? '99+' : count}
        </span>
      )}
    </span>
  )
}

function Newest({ onClose }: { onClose: () => void }) {
  const say = useStrings(strings)
  const { data, isPending } = useQuery(notificationQueries.list(false, 1, 10))
  const mark = useMarkRead()
  return (
    <div className="-m-3">
      <div className="flex items-center justify-between border-b border-line px-4 py-2">
        <h2 className="text-sm font-semibold">{say.notifications}</h2>
        <Button
          size="sm"
          variant="ghost"
          icon={<CheckCheck />}
          disabled={!data?.unread_count}
          onClick={() => mark.mutate({ all: true })}
        >
          {say.markAll}
        </Button>
      </div>
      <div className="max-h-[60vh] overflow-y-auto">
        {isPending ? (
          <SkeletonRows rows={3} />
        ) : data?.notifications.length ? (
          <NotificationList notifications={data.notifications} onOpen={onClose} />
        ) : (
          <EmptyState icon={<Bell />} title={say.none} className="py-8">
            {say.noneHint}
          </EmptyState>
        )}
      </div>
      <div className="border-t border-line p-1.5">
        <Button variant="ghost" className="w-full" asChild>
          <Link to="/app/notifications" onClick={onClose}>
            {say.seeAll}
          </Link>
        </Button>
      </div>
    </div>
  )
}
