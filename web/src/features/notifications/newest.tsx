import { useQuery } from '@tanstack/react-query'
import { Bell, CheckCheck } from 'lucide-react'
import { Link } from 'react-router'

import { Button, EmptyState, SkeletonRows, useStrings } from '@/ui'

import { notificationQueries, useMarkRead } from './api'
import { NotificationList } from './notification-list'
import { strings } from './strings'

/** The newest notifications, below the bell. */
export default function Newest({ onClose }: { onClose: () => void }) {
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
