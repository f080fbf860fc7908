/** The files of a ticket. */
import { queryOptions } from '@tanstack/react-query'

import { http } from '@/api/client'
import type { components } from '@/api/schema'

export type TicketFile = components['schemas']['AttachmentRead']

export const fileQueries = {
  all: ['files'] as const,
  ofTicket: (ticketId: string) =>
    queryOptions({
      queryKey: [...fileQueries.all, ticketId],
      queryFn: ({ signal }) =>
        http.get<{ attachments: TicketFile[] }>(`/ticket/${ticketId}/attachments`, undefined, { signal }),
      select: (answer: { attachments: TicketFile[] }) => answer.attachments,
      staleTime: 15_000,
    }),
}
