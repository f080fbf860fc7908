import { AtSign, Bell, Clock, Hand, MessageSquare, Star, StickyNote, TriangleAlert, UserRoundCheck, UsersRound, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { cx, RelativeTime, useStrings } from '@/ui'

import { useMarkRead, type Notification } from './api'
import { strings } from './strings'

const ICONS: Record<string, ReactNode> = {
  mentioned: <AtSign />,
  assigned: <UserRoundCheck />,
  team_assigned: <UsersRound />,
  customer_replied: <MessageSquare />,
  agent_replied: <MessageSquare />,
  note_added: <StickyNote />,
  escalated: <Hand />,
  rated_low: <Star />,
  sla_warned: <Clock />,
  sla_broken: <TriangleAlert />,
  rule: <Workflow />,
}

interface NotificationListProps {
  notifications: Notification[]
  onOpen?: () => void
}

/** Notifications, newest first; opening one marks it as read. */
export function NotificationList({ notifications, onOpen }: NotificationListProps) {
  const say = useStrings(strings)
  const mark = useMarkRead()
  return (
    <ul className="divide-y divide-line">
      {notifications.map((each) => {
        const body = (
          <>
            <span className={cx('mt-0.5 shrink-0 [&_svg]:size-4', each.is_read ? 'text-faint' : 'text-accent-text')}>
              {ICONS[each.kind] ?? <Bell />}
            </span>
            <span className="min-w-0 flex-1">
              <span className={cx('line-clamp-2 text-sm', each.is_read ? 'text-muted' : 'font-medium text-ink')}>
                {each.text}
              </span>
              <span className="text-xs text-faint">
                <RelativeTime at={each.created_at} isPlain />
              </span>
            </span>
          </>
        )
        const looks = 'flex min-w-0 flex-1 items-start gap-3 px-4 py-3 text-left'
        return (
          <li key={each.id} className="flex items-start hover:bg-hover">
            {each.ticket_id ? (
              <Link
                to={`/app/tickets/${each.ticket_id}`}
                className={looks}
                onClick={() => {
                  if (!each.is_read) mark.mutate({ ids: [each.id] })
                  onOpen?.()
                }}
              >
                {body}
              </Link>
            ) : (
              <span className={looks}>{body}</span>
            )}
            <button
              type="button"
              aria-label={each.is_read ? say.markUnread : say.markRead}
              title={each.is_read ? say.markUnread : say.markRead}
              className="grid w-10 shrink-0 place-items-center self-stretch"
              onClick={() => mark.mutate({ ids: [each.id], is_read: !each.is_read })}
            >
              <span
                className={cx(
                  'size-2 rounded-full border',
                  each.is_read ? 'border-line-strong hover:border-accent' : 'border-accent bg-accent',
                )}
              />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
