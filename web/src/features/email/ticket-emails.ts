/** The mails of one ticket; the other questions about e-mail are in `api.ts`. */
import { queryOptions } from '@tanstack/react-query'

import { http } from '@/api/client'
import type { components } from '@/api/schema'

export type Email = components['schemas']['EmailRead']

export const emailsKey = (ticketId: string) => ['email', 'ticket', ticketId] as const

const fetched = (ticketId: string) =>
  ({
    queryKey: emailsKey(ticketId),
    queryFn: () => http.get<{ emails: Email[] }>(`/ticket/${ticketId}/emails`),
  }) as const

/** All of them, in order. */
export const ticketEmails = (ticketId: string) => queryOptions(fetched(ticketId))

/** The outgoing ones, by the message they carry. */
export const emailsOfTicket = (ticketId: string) => queryOptions({ ...fetched(ticketId), select: byMessage })

function byMessage({ emails }: { emails: Email[] }): ReadonlyMap<string, Email> {
  const sent = emails.filter((email) => email.direction === 'outbound' && email.ticket_message_id)
  // The first mail of a message is its own; copies to others come after it.
  return new Map(sent.toReversed().map((email) => [email.ticket_message_id as string, email]))
}
