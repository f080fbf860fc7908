import { useQuery } from '@tanstack/react-query'
import { Bell, CheckCheck, Settings } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { useLiveQueries } from '@/api/live'
import { notificationQueries, useMarkRead } from '@/features/notifications/api'
import { NotificationList } from '@/features/notifications/notification-list'
import { strings } from '@/features/notifications/strings'
import {
  Button,
  EmptyState,
  ErrorState,
  Pagination,
  Segmented,
  SettingsPage,
  SettingsSection,
  SkeletonRows,
  useStrings,
} from '@/ui'

export default function NotificationsPage() {
  const say = useStrings(strings)
  const [show, setShow] = useState<'unread' | 'all'>('unread')
  const [page, setPage] = useState(1)
  const found = useQuery(notificationQueries.list(show === 'unread', page))
  useLiveQueries(notificationQueries.all, (event) => event.kind === 'notification.added')
  const mark = useMarkRead()
  return (
    <div className="h-full overflow-y-auto">
      <SettingsPage
        title={say.notifications}
        description={say.hint}
        actions={
          <>
            <Button icon={<CheckCheck />} disabled={!found.data?.unread_count} onClick={() => mark.mutate({ all: true })}>
              {say.markAll}
            </Button>
            <Button variant="ghost" asChild>
              <Link to="/app/settings/notifications">
                <Settings />
                {say.preferences}
              </Link>
            </Button>
          </>
        }
      >
        <Segmented
          label={say.notifications}
          value={show}
          onChange={(value) => {
            setShow(value)
            setPage(1)
          }}
          options={[
            { value: 'unread', label: say.onlyUnread },
            { value: 'all', label: say.all },
          ]}
        />
        <SettingsSection isFlush>
          {found.error ? (
            <ErrorState error={found.error} onRetry={() => void found.refetch()} />
          ) : found.isPending ? (
            <SkeletonRows rows={4} />
          ) : found.data.notifications.length === 0 ? (
            <EmptyState icon={<Bell />} title={say.none}>
              {say.noneHint}
            </EmptyState>
          ) : (
            <NotificationList notifications={found.data.notifications} />
          )}
        </SettingsSection>
        {found.data && found.data.pagination.total_pages > 1 && (
          <Pagination info={found.data.pagination} onPage={setPage} />
        )}
      </SettingsPage>
    </div>
  )
}
