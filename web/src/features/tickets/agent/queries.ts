/** What the agents' side of a ticket reads. Live events refetch it; see `useLiveTicket`. */
import { queryOptions } from '@tanstack/react-query'

import { http } from '@/api/client'
import { useLiveQueries } from '@/api/live'
import type { components } from '@/api/schema'

export type AgentTicket = Omit<components['schemas']['StaffTicketRead'], 'tags'> & { tags?: Named[] }
export type AgentMessage = components['schemas']['StaffMessageRead']
export interface AgentThread {
  ticket: AgentTicket
  messages: AgentMessage[]
}
export interface Agent {
  id: string
  name: string
  email: string
  role: 'agent' | 'admin'
  team_ids: string[]
}
export interface Named {
  id: string
  name: string
  color?: string
}

export const agentTicketQueries = {
  all: ['agent-tickets'] as const,
  thread: (id: string) =>
    queryOptions({
      queryKey: [...agentTicketQueries.all, 'thread', id],
      queryFn: ({ signal }) => http.get<AgentThread>(`/ticket/${id}`, { include: 'notes' }, { signal }),
      staleTime: 15_000,
    }),
  /** The id of the ticket with this number; null when there is none or one may not see it. */
  byNumber: (number: string) =>
    queryOptions({
      queryKey: [...agentTicketQueries.all, 'number', number],
      queryFn: ({ signal }) =>
        http.get<{ tickets: { id: string; number: number }[] }>('/admin/tickets', { search: `#${number}`, page_size: 10 }, { signal }),
      select: (answer) => answer.tickets.find((ticket) => String(ticket.number) === number)?.id ?? null,
    }),
}

export const directoryQueries = {
  agents: () =>
    queryOptions({
      queryKey: ['directory', 'agents'],
      queryFn: () => http.get<{ agents: Agent[] }>('/agents'),
      select: (answer: { agents: Agent[] }) => answer.agents,
      staleTime: 60_000,
    }),
  teams: () =>
    queryOptions({
      queryKey: ['directory', 'teams'],
      queryFn: () => http.get<{ teams: Named[] }>('/admin/teams'),
      select: (answer: { teams: Named[] }) => answer.teams,
      staleTime: 60_000,
    }),
  tags: () =>
    queryOptions({
      queryKey: ['directory', 'tags'],
      queryFn: () => http.get<{ tags: Named[] }>('/admin/tags'),
      select: (answer: { tags: Named[] }) => answer.tags,
      staleTime: 60_000,
    }),
  categories: () =>
    queryOptions({
      queryKey: ['directory', 'categories'],
      queryFn: () => http.get<{ categories: Named[] }>('/admin/categories'),
      select: (answer: { categories: Named[] }) => answer.categories,
      staleTime: 60_000,
    }),
}

/** Refetches a thread when something happened in it, and after a lost connection. */
export function useLiveTicket(id: string): void {
  useLiveQueries(
    agentTicketQueries.thread(id).queryKey,
    (event) => event.ticket_id === id && !['presence', 'turn.progress'].includes(event.kind),
  )
}
