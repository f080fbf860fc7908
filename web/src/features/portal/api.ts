import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { ApiError, http } from '@/api/client'
import type { Priority, TicketStatus } from '@/ui/badge'
import type { AttachmentInfo } from '@/ui/files'
import type { PageInfo } from '@/ui/pagination'

export interface Ticket {
  id: string
  number: number
  context: string
  subject: string
  status: TicketStatus
  priority: Priority
  custom_fields?: Record<string, unknown>
  waiting_for: 'customer' | 'agent'
  assigned_to: string | null
  assigned_name: string | null
  created_at: string
  updated_at: string
  first_response_at: string | null
  resolved_at: string | null
  escalated_at: string | null
  message_count: number
  follows_id: string | null
  merged_into_id: string | null
}

export interface Citation {
  article_id: string | null
  title: string | null
  url: string | null
  text: string | null
}

export interface Message {
  id: string
  ticket_id: string
  sender: 'customer' | 'ai' | 'admin' | 'system'
  message: string
  success: boolean
  created_at: string
  user_rating: number | null
  position: number
  author_name: string | null
  citations: Citation[] | null
  action: string | null
}

export interface Thread {
  ticket: Ticket
  messages: Message[]
}

export interface Attachment extends AttachmentInfo {
  message_id: string | null
}

/** What became of a message; see `POST /ticket` of the API. */
export interface Answer {
  ticket_id: string
  message_id?: string
  reply?: string
  action?: 'answered' | 'clarified' | 'handed_over' | 'pending'
  rate_limited?: boolean
  wait_seconds?: number
}

export interface TicketFilter {
  search: string
  status: 'all' | 'open' | 'closed'
  page: number
  pageSize: number
}

const STATUSES = { all: [], open: ['open', 'human_assigned'], closed: ['closed'] }

interface SlaStatus {
  sla_defined: boolean
  response_time?: { expected: string | null; actual: string | null }
}

export interface Suggestion {
  id: string
  title: string
  url: string
  excerpt?: string | null
}

export interface ContextName {
  name: string
  description: string
  logo_url: string | null
  look: { fill: string; ink: string; on_light: string; on_dark: string }
}

export const portalQueries = {
  all: ['portal'] as const,
  lists: ['portal', 'list'] as const,
  list: (filter: TicketFilter) =>
    queryOptions({
      queryKey: [...portalQueries.lists, filter],
      queryFn: ({ signal }) =>
        http.get<{ tickets: Ticket[]; pagination: PageInfo }>(
          '/customer/tickets',
          {
            search: filter.search,
            status: STATUSES[filter.status],
            page: filter.page,
            page_size: filter.pageSize,
          },
          { signal },
        ),
      placeholderData: keepPreviousData,
    }),
  ticket: (id: string) => ['portal', 'ticket', id] as const,
  thread: (id: string) =>
    queryOptions({
      queryKey: [...portalQueries.ticket(id), 'thread'],
      queryFn: () => http.get<Thread>(`/ticket/${id}`),
    }),
  attachments: (id: string) =>
    queryOptions({
      queryKey: [...portalQueries.ticket(id), 'attachments'],
      queryFn: () => http.get<{ attachments: Attachment[] }>(`/ticket/${id}/attachments`),
    }),
  sla: (id: string) =>
    queryOptions({
      queryKey: [...portalQueries.ticket(id), 'sla'],
      queryFn: () => http.get<SlaStatus>(`/ticket/${id}/sla-status`),
      retry: false,
    }),
  contexts: () =>
    queryOptions({
      queryKey: ['portal', 'contexts'],
      queryFn: () => http.get<{ contexts: ContextName[] }>('/contexts'),
      staleTime: 300_000,
    }),
  suggestions: (q: string, context: string) =>
    queryOptions({
      queryKey: ['portal', 'suggestions', q, context],
      queryFn: ({ signal }) =>
        http.get<{ articles: Suggestion[] }>('/help/suggest', { q, context }, { signal }),
      enabled: q.trim().length >= 4,
      placeholderData: keepPreviousData,
      retry: false,
    }),
}

export interface NewTicket {
  context: string
  subject: string
  message: string
  priority: Priority
  /** The owner's own fields, by key. */
  custom_fields: Record<string, unknown>
}

/** Opens a ticket and returns at once; the answer arrives in the thread, live. `key` makes a repeat harmless. */
export function openTicket(ticket: NewTicket, key: string): Promise<Answer> {
  return http.post<Answer>('/ticket', ticket, { headers: { Prefer: 'respond-async', 'Idempotency-Key': key } })
}

/** Sends a reply; waits some seconds for what becomes of it, while progress comes over the live stream. */
export function sendReply(ticketId: string, message: string, key: string): Promise<Answer> {
  return http.post<Answer>(`/ticket/${ticketId}/reply`, { message }, { headers: { 'Idempotency-Key': key } })
}

interface Deflection {
  query: string
  context: string | null
  shown: string[]
  opened: string[]
  was_sent: boolean
}

/** A figure for the reports; nobody waits for it, and nothing depends on it. */
export function reportDeflection(report: Deflection): void {
  void http.post('/help/deflections', report).catch(() => undefined)
}

/** A verb on a ticket without an answer worth keeping; the thread and the lists are fetched anew. */
function useTicketAction<V>(run: (value: V) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSettled: () => client.invalidateQueries({ queryKey: portalQueries.all }),
  })
}

export const useEscalate = (id: string) =>
  useTicketAction((reason: string) => http.post(`/ticket/${id}/escalate`, reason.trim() ? { reason } : {}))
export const useCloseTicket = (id: string) => useTicketAction(() => http.post(`/ticket/${id}/close`))
export const useReopenTicket = (id: string) => useTicketAction(() => http.post(`/ticket/${id}/reopen`))

export function useRate(ticketId: string) {
  const client = useQueryClient()
  const { queryKey } = portalQueries.thread(ticketId)
  return useMutation({
    mutationFn: (rating: { message_id: string; rating: number }) => http.post(`/ticket/${ticketId}/rate`, rating),
    onMutate: ({ message_id, rating }) => {
      client.setQueryData<Thread>(queryKey, (thread) =>
        thread && {
          ...thread,
          messages: thread.messages.map((each) => (each.id === message_id ? { ...each, user_rating: rating } : each)),
        },
      )
    },
    onError: () => client.invalidateQueries({ queryKey }),
  })
}

/** A ticket that is not there, or belongs to somebody else: the server says the same of both. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 422)
}
