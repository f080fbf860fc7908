import { useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'

import { useLiveQueries } from '@/api/live'
import { IconButton, Popover, SkeletonRows, useStrings } from '@/ui'

import { notificationQueries } from './api'
import { strings } from './strings'

const Newest = lazy(() => import('./newest'))

/** The bell of the workspace: how many are unread, and the newest of them. */
export function NotificationBell() {
  const say = useStrings(strings)
  const [isOpen, open] = useState(false)
  const { data: count = 0 } = useQuery({ ...notificationQueries.count, refetchInterval: 60_000 })
  useLiveQueries(notificationQueries.all, (event) => event.kind === 'notification.added')
  const label = count > 0 ? `${say.notifications}, ${say.unread(count)}` : say.notifications
  return (
    <span className="relative flex items-center gap-1 sm:inline-grid">
      <Popover
        isOpen={isOpen}
        onOpenChange={open}
        side="right"
        align="end"
        label={say.notifications}
        className="w-96 overflow-hidden"
        trigger={<IconButton label={label} icon={<Bell />} />}
      >
        <Suspense fallback={<SkeletonRows rows={3} />}>{isOpen && <Newest onClose={() => open(false)} />}</Suspense>
      </Popover>
      {/* On a phone the rail is a list with words. */}
      <span className="text-sm font-medium text-muted sm:hidden" aria-hidden>
        {say.notifications}
      </span>
      {count > 0 && (
        <span
          aria-hidden
          className="pointer-events-none grid sm:absolute sm:-top-0.5 sm:-right-0.5 h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-3xs font-semibold text-accent-ink"
        >
          {count > 99 ? '99+' : count}
        </span>
      )}
    </span>
  )
}
