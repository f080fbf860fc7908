/** What stands around a ticket, and what merging would make of two. */
import { queryOptions } from '@tanstack/react-query'

import { http } from '@/api/client'
import type { components } from '@/api/schema'

export type Relations = components['schemas']['Relations']
export type MergePreview = components['schemas']['MergePreview']
export interface FoundTicket {
  id: string
  number: number
  subject: string
  customer_name: string
  status: 'open' | 'human_assigned' | 'closed'
}

export const combineQueries = {
  all: ['combine'] as const,
  relations: (id: string) =>
    queryOptions({
      queryKey: [...combineQueries.all, 'relations', id],
      queryFn: ({ signal }) => http.get<Relations>(`/ticket/${id}/relations`, undefined, { signal }),
      staleTime: 15_000,
    }),
  preview: (merged: string, into: string) =>
    queryOptions({
      queryKey: [...combineQueries.all, 'preview', merged, into],
      queryFn: ({ signal }) => http.get<MergePreview>(`/ticket/${merged}/merge-preview`, { into }, { signal }),
      staleTime: 0,
    }),
  find: (text: string) =>
    queryOptions({
      queryKey: [...combineQueries.all, 'find', text],
      queryFn: ({ signal }) => http.get<{ tickets: FoundTicket[] }>('/admin/tickets', { search: text, page_size: 8 }, { signal }),
      select: (answer: { tickets: FoundTicket[] }) => answer.tickets,
      staleTime: 10_000,
    }),
}
