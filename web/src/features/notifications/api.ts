import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { http } from '@/api/client'
import type { PageInfo } from '@/ui'

export interface Notification {
  id: string
  kind: string
  text: string
  ticket_id: string | null
  ticket_number: number | null
  ticket_subject: string | null
  message_id: string | null
  actor_name: string | null
  actor_kind: string
  is_read: boolean
  created_at: string
}

export interface Preference {
  kind: string
  label: string
  in_app: boolean
  by_mail: boolean
}

export interface NotificationPage {
  notifications: Notification[]
  unread_count: number
  pagination: PageInfo
}

export const notificationQueries = {
  all: ['notifications'] as const,
  count: queryOptions({
    queryKey: ['notifications', 'count'],
    queryFn: async () => (await http.get<{ unread_count: number }>('/notifications/count')).unread_count,
  }),
  list: (onlyUnread: boolean, page: number, size = 25) =>
    queryOptions({
      queryKey: ['notifications', 'list', onlyUnread, page, size],
      queryFn: () => http.get<NotificationPage>('/notifications', { unread: onlyUnread, page, page_size: size }),
      placeholderData: keepPreviousData,
    }),
  preferences: queryOptions({
    queryKey: ['notifications', 'preferences'],
    queryFn: async () => (await http.get<{ preferences: Preference[] }>('/notifications/preferences')).preferences,
  }),
}

export interface MarkRead {
  ids?: string[]
  ticket_id?: string
  all?: boolean
  is_read?: boolean
}

export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: MarkRead) => http.post('/notifications/read', body),
    onSuccess: () => client.invalidateQueries({ queryKey: notificationQueries.all }),
  })
}

export function useSavePreference() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ kind, in_app, by_mail }: Preference) =>
      http.put<{ preferences: Preference[] }>('/notifications/preferences', { preferences: [{ kind, in_app, by_mail }] }),
    onSuccess: (answer) => client.setQueryData(notificationQueries.preferences.queryKey, answer.preferences),
  })
}
