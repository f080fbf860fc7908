import { useQuery } from '@tanstack/react-query'
import { Mail } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'

import { useLiveQueries } from '@/api/live'
import { emailsKey, emailsOfTicket, type Email } from '@/features/email/ticket-emails'
import type { AgentTicket } from '@/features/tickets/agent/queries'
import { IconButton } from '@/ui/button'
import { Sheet } from '@/ui/dialog'
import { defineStrings, useStrings } from '@/ui/locale'
import { useCommands } from '@/ui/shortcuts'
import { SkeletonText } from '@/ui/states'

const MailsOfTicket = lazy(() => import('./mails-of-ticket'))

const strings = defineStrings(
  { mails: 'E-mails of this ticket', write: 'Write an e-mail', group: 'Ticket' },
  { mails: 'E-Mails zu diesem Ticket', write: 'E-Mail schreiben', group: 'Ticket' },
)

/** All mails of a ticket, and a new one with its own recipients. */
export function Mails({ ticket }: { ticket: AgentTicket }) {
  const say = useStrings(strings)
  const [isOpen, open] = useState(false)
  const [isWriting, write] = useState(false)
  useCommands([
    { id: 'ticket.mails', label: say.mails, keys: 'shift+m', group: say.group, run: () => open(true) },
    {
      id: 'ticket.writeMail',
      label: say.write,
      group: say.group,
      run: () => {
        open(true)
        write(true)
      },
    },
  ], ticket.id)
  return (
    <>
      <IconButton label={say.mails} keys="shift+m" icon={<Mail />} onClick={() => open(true)} />
      <Sheet title={say.mails} isOpen={isOpen} onOpenChange={open} width="lg">
        <Suspense fallback={<SkeletonText lines={6} />}>
          <MailsOfTicket ticket={ticket} isWriting={isWriting} onWriting={write} />
        </Suspense>
      </Sheet>
    </>
  )
}

const EMPTY: ReadonlyMap<string, Email> = new Map()

/** The outgoing mail of each message of a ticket. */
export function useDeliveries(ticketId: string): ReadonlyMap<string, Email> {
  const { data } = useQuery(emailsOfTicket(ticketId))
  useLiveQueries(emailsKey(ticketId), (event) => event.ticket_id === ticketId && event.kind.startsWith('mail.'))
  return data ?? EMPTY
}
