/** Lists of tickets as agents see them: views, their counts, and the pages of a list. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { http } from '@/api/client'
import type { AgentTicket } from '@/features/tickets/agent/queries'

interface Piece {
  text: string
  hit: boolean
}
export interface ListedTicket extends AgentTicket {
  match?: { subject: Piece[]; snippet?: Piece[] | null; why?: string | null } | null
  preview?: string | null
  preview_by?: string | null
  attachment_count?: number
}
export interface View {
  id: string
  name: string
  icon?: string
  sharing: 'personal' | 'team' | 'everyone'
  filters: Record<string, unknown>
  is_built_in: boolean
  may_edit: boolean
}
interface Page {
  tickets: ListedTicket[]
  pagination: { has_next: boolean; next_cursor?: string | null; total_count: number; total_is_capped?: boolean }
}

/** The filter of a list as it stands in the address: each name once or several times. */
export type Filter = Record<string, string | string[]>

export const PAGE_SIZE = 50

export const inboxQueries = {
  all: ['inbox'] as const,
  views: () =>
    queryOptions({
      queryKey: [...inboxQueries.all, 'views'],
      queryFn: () => http.get<{ views: View[] }>('/inbox/views'),
      select: (answer: { views: View[] }) => answer.views,
      staleTime: 60_000,
    }),
  counts: () =>
    queryOptions({
      queryKey: [...inboxQueries.all, 'counts'],
      queryFn: () => http.get<{ counts: Record<string, number>; cap: number }>('/inbox/views/counts'),
      staleTime: 5_000,
    }),
  list: (filter: Filter, size = PAGE_SIZE) =>
    infiniteQueryOptions({
      queryKey: [...inboxQueries.all, 'list', filter, size],
      queryFn: ({ pageParam, signal }) =>
        http.get<Page>('/admin/tickets', { ...filter, page_size: size, cursor: pageParam }, { signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => (last.pagination.has_next ? (last.pagination.next_cursor ?? undefined) : undefined),
      staleTime: 10_000,
    }),
}

/** All tickets of a list, also those that are not loaded; the first ten thousand. */
export const idsOf = (filter: Filter) => http.get<{ ticket_ids: string[]; is_capped: boolean }>('/admin/tickets/ids', filter)

/** A view's own filter with what the address adds to it. */
export function filterOf(view: View | undefined, search: URLSearchParams): Filter {
  const filter: Filter = {}
  for (const [key, value] of Object.entries(view?.filters ?? {})) {
    if (Array.isArray(value) ? value.length > 0 : value) filter[key] = Array.isArray(value) ? value.map(String) : String(value)
  }
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key).filter(Boolean)
    if (values.length > 0) filter[key] = values.length === 1 ? (values[0] as string) : values
  }
  return filter
}
