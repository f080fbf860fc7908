import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { http } from '@/api/client'
import { toastError } from '@/ui/toast'

export const KINDS = ['work', 'waiting', 'research', 'communication', 'other'] as const
export type Kind = (typeof KINDS)[number]

export interface TimeEntry {
  id: string
  ticket_id: string
  ticket_number: number
  ticket_subject: string
  user_id: string
  user_name: string
  user_email: string
  duration_minutes: number
  entry_type: Kind
  billable: boolean
  description: string | null
  worked_at: string
}

export interface Totals {
  total_minutes: number
  billable_minutes: number
  by_type: Record<Kind, number>
}

export interface Timer {
  ticket_id: string
  ticket_number: number
  ticket_subject: string
  is_running: boolean
  elapsed_seconds: number
  entry_type: Kind
  billable: boolean
  description: string
  now: string
}

export interface EntryValues {
  duration_minutes: number
  description: string
  entry_type: Kind
  billable: boolean
}

export type Grouping = 'agent' | 'customer' | 'context' | 'ticket' | 'kind' | 'day'

export interface Group extends Totals {
  key: string
  label: string
  entries: number
}

/** The timer with the moment it was received, so that it counts on without asking again. */
export interface ReceivedTimer extends Timer {
  receivedAt: number
}

export const timeQueries = {
  all: ['time'] as const,
  ticket: (ticketId: string) =>
    queryOptions({
      queryKey: [...timeQueries.all, 'ticket', ticketId],
      queryFn: () => http.get<{ time_entries: TimeEntry[]; totals: Totals }>(`/ticket/${ticketId}/time-entries`),
    }),
  timer: () =>
    queryOptions({
      queryKey: [...timeQueries.all, 'timer'],
      queryFn: async (): Promise<ReceivedTimer | null> => {
        const { timer } = await http.get<{ timer: Timer | null }>('/timer')
        return timer && { ...timer, receivedAt: Date.now() }
      },
      refetchOnWindowFocus: true,
    }),
  list: (query: Record<string, string | number | undefined>) =>
    queryOptions({
      queryKey: [...timeQueries.all, 'list', query],
      queryFn: () =>
        http.get<{
          time_entries: TimeEntry[]
          totals: Totals
          pagination: { page: number; page_size: number; total_count: number; total_pages: number }
        }>('/admin/time-entries', query),
    }),
  groups: (by: Grouping, query: Record<string, string | number | undefined>) =>
    queryOptions({
      queryKey: [...timeQueries.all, 'groups', by, query],
      queryFn: () => http.get<{ groups: Group[]; totals: Totals }>('/admin/time-entries/totals', { ...query, by }),
    }),
}

/** Changes of time, each of which renews what is shown of it. */
export function useTimeActions(ticketId: string) {
  const client = useQueryClient()
  const renew = () => client.invalidateQueries({ queryKey: timeQueries.all })
  const action = <V,>(run: (value: V) => Promise<unknown>) => ({
    mutationFn: run,
    onSuccess: renew,
    onError: (error: Error) => toastError(error),
  })
  return {
    log: useMutation(action((values: EntryValues) => http.post(`/ticket/${ticketId}/time-entry`, values))),
    change: useMutation(
      action(({ id, ...values }: EntryValues & { id: string }) => http.put(`/time-entry/${id}`, values)),
    ),
    remove: useMutation(action((id: string) => http.delete(`/time-entry/${id}`))),
    start: useMutation(action(() => http.post(`/ticket/${ticketId}/timer`))),
    pause: useMutation(action(() => http.post('/timer/pause'))),
    resume: useMutation(action(() => http.post('/timer/resume'))),
    describe: useMutation(action((values: Partial<EntryValues>) => http.patch('/timer', values))),
    stop: useMutation(action((values: Partial<EntryValues>) => http.post('/timer/stop', values))),
    discard: useMutation(action(() => http.delete('/timer'))),
  }
}

/** Minutes out of what people type: "90", "1:30", "1h 30m", "1.5h", "45 min"; null when it is no duration. */
export function parseMinutes(text: string): number | null {
  const words = text.trim().toLowerCase().replace(',', '.')
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(words)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]) || null
  const parts = /^(?:(\d+(?:\.\d+)?)\s*(?:h|hr|hrs|hours?|std))?\s*(?:(\d+)\s*(?:m|min|mins|minutes?)?)?$/.exec(words)
  if (!parts || words === '') return null
  const minutes = Math.round(Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0))
  return minutes > 0 ? minutes : null
}
