import { queryOptions } from '@tanstack/react-query'

import { http } from '@/api/client'

export type PriorityName = 'low' | 'medium' | 'high' | 'urgent'
export type SlaState = 'running' | 'at_risk' | 'breached' | 'paused' | 'met' | 'stopped'

export interface Sla {
  id: string
  name: string
  description: string | null
  priority: PriorityName
  context: string | null
  team_id: string | null
  team: string | null
  response_time_minutes: number
  resolution_time_minutes: number
  business_hours_only: boolean
  calendar_id: string | null
  calendar: string | null
  business_hours_start: string | null
  business_hours_end: string | null
  business_days: number[] | null
  timezone: string | null
  holidays: string[] | null
  pauses_while_waiting: boolean
  pauses_while_snoozed: boolean
  ai_answer_counts: boolean
  warn_percent: number
  is_active: boolean
}

export type SlaDraft = Omit<Sla, 'id' | 'team' | 'calendar'> & { id?: string }

export interface SlaPreview {
  matching: number
  is_capped: boolean
  already_late: number
  shadowed_by: string | null
  tickets: {
    id: string
    number: number
    subject: string
    sla_now: string | null
    due_then: string | null
    state_then: SlaState
  }[]
}

export interface Period {
  weekday: number
  start: string
  end: string
}

export interface Holiday {
  date: string
  name: string
  yearly: boolean
}

export interface Calendar {
  id: string
  name: string
  timezone: string
  periods: Period[]
  country: string | null
  subdivision: string | null
  holidays: Holiday[]
  is_default: boolean
  weekly_minutes: number
  used_by: number
}

export type CalendarDraft = Omit<Calendar, 'id' | 'weekly_minutes' | 'used_by'> & { id?: string }

export interface CalendarPreview {
  start: string
  due_at: string
  days: { date: string; holiday: string | null; openings: { opens: string; closes: string }[] }[]
  holidays: Holiday[]
}

export interface Target {
  expected: string | null
  actual: string | null
  violation: { expected_time: string; actual_time: string | null; violation_minutes: number } | null
  state: SlaState
  target_minutes: number
  used_minutes: number
  remaining_minutes: number
  is_running: boolean
  paused_because: string | null
  warn_at: string | null
}

export type SlaStatus =
  | { sla_defined: false; message: string }
  | {
      sla_defined: true
      sla: { id: string; name: string; priority: PriorityName }
      response_time: Target
      resolution_time: Target
      state: SlaState
      as_of: string
    }

export interface Timeline {
  sla: { name: string } | null
  calendar: string | null
  timezone: string | null
  clocks: {
    metric: 'response' | 'resolution'
    state: SlaState
    steps: { at: string; kind: string; cause: string; note: string; used_minutes: number }[]
  }[]
}

export interface Places {
  countries: Record<string, string[]>
  timezones: string[]
}

export const slaQueries = {
  all: ['sla'] as const,
  levels: () =>
    queryOptions({
      queryKey: [...slaQueries.all, 'levels'],
      queryFn: () => http.get<{ slas: Sla[] }>('/admin/slas', { is_active: 'all' }),
      select: (answer: { slas: Sla[] }) => answer.slas,
    }),
  calendars: () =>
    queryOptions({
      queryKey: [...slaQueries.all, 'calendars'],
      queryFn: () => http.get<{ calendars: Calendar[] }>('/admin/sla-calendars'),
      select: (answer: { calendars: Calendar[] }) => answer.calendars,
    }),
  places: () =>
    queryOptions({
      queryKey: [...slaQueries.all, 'places'],
      queryFn: () => http.get<Places>('/admin/sla-calendars/places'),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  status: (ticketId: string) =>
    queryOptions({
      queryKey: [...slaQueries.all, 'status', ticketId],
      queryFn: () => http.get<SlaStatus>(`/ticket/${ticketId}/sla-status`),
      refetchInterval: 60_000,
    }),
  timeline: (ticketId: string) =>
    queryOptions({
      queryKey: [...slaQueries.all, 'timeline', ticketId],
      queryFn: () => http.get<Timeline>(`/ticket/${ticketId}/sla-timeline`),
    }),
}
