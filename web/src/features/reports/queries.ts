import { keepPreviousData, queryOptions } from '@tanstack/react-query'

import { http } from '@/api/client'

export type Unit = 'count' | 'seconds' | 'minutes' | 'percent' | 'stars'
export type Grain = 'day' | 'week' | 'month'
export type GroupBy = 'agent' | 'team' | 'context' | 'tag'

export interface FigureInfo {
  key: string
  group: string
  label: string
  unit: Unit
  definition: string
  good: 'more' | 'less' | null
}

export interface FigureValue {
  value: number | null
  previous: number | null
}

export interface Overview {
  period: { first: string; last: string; tz: string; previous_first: string; previous_last: string }
  grain: Grain
  buckets: string[]
  figures: Record<string, FigureValue>
  series: Record<string, (number | null)[]>
  as_of: string
}

export interface GroupRow {
  key: string | null
  label: string
  figures: Record<string, number | null>
}

export interface BehindTicket {
  ticket_id: string
  number: number
  subject: string
  context: string
  status: string
  priority: 'low' | 'medium' | 'high' | 'urgent'
  assigned_to: string | null
  created_at: string
  value: number | null
}

export interface Behind {
  figure: FigureInfo
  tickets: BehindTicket[]
  pagination: { page: number; page_size: number; total_count: number; total_pages: number }
}

export interface Stats {
  total_tickets: number
  open_tickets: number
  closed_tickets: number
}

/** What a report is about, as it stands in the address. */
export interface Question {
  days?: number | undefined
  date_from?: string | undefined
  date_to?: string | undefined
  tz?: string | undefined
  context?: string | undefined
  team_id?: string | undefined
  agent_id?: string | undefined
  tag_id?: string | undefined
  /** Only these figures. */
  figures?: string | undefined
}

const query = (question: Question): Record<string, string | number | undefined> => ({ ...question })

export const reportQueries = {
  all: ['reports'] as const,
  figures: () =>
    queryOptions({
      queryKey: [...reportQueries.all, 'figures'],
      queryFn: () => http.get<{ figures: FigureInfo[] }>('/reports/figures'),
      select: (answer: { figures: FigureInfo[] }) => new Map(answer.figures.map((figure) => [figure.key, figure])),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  overview: (question: Question) =>
    queryOptions({
      queryKey: [...reportQueries.all, 'overview', question],
      queryFn: () => http.get<Overview>('/reports/overview', query(question)),
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    }),
  breakdown: (question: Question, by: GroupBy) =>
    queryOptions({
      queryKey: [...reportQueries.all, 'breakdown', by, question],
      queryFn: () => http.get<{ groups: GroupRow[] }>('/reports/breakdown', { ...query(question), by }),
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    }),
  behind: (question: Question, figure: string, page: number) =>
    queryOptions({
      queryKey: [...reportQueries.all, 'behind', figure, page, question],
      queryFn: () => http.get<Behind>('/reports/tickets', { ...query(question), figure, page, page_size: 25 }),
      placeholderData: keepPreviousData,
    }),
  settings: () =>
    queryOptions({
      queryKey: [...reportQueries.all, 'settings'],
      queryFn: () => http.get<{ timezone: string }>('/admin/report-settings'),
    }),
  stats: () => queryOptions({ queryKey: [...reportQueries.all, 'stats'], queryFn: () => http.get<Stats>('/stats') }),
}

/** The address of a CSV file with the same question. */
export function csvAddress(name: 'overview' | 'breakdown' | 'tickets', question: Question, more: Record<string, string> = {}): string {
  const params = new URLSearchParams(more)
  for (const [key, value] of Object.entries(question)) {
    if (value !== undefined && value !== '') params.set(key, String(value))
  }
  return `/reports/${name}.csv?${params.toString()}`
}
