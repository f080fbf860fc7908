import { useQuery } from '@tanstack/react-query'
import { Mail, PenLine } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'

import { emailQueries } from '@/features/email/api'
import { DeliveryBadge } from '@/features/email/EmailThread'
import type { AgentMessage, AgentTicket } from '@/features/tickets/agent/queries'
import { Button, IconButton } from '@/ui/button'
import { Sheet } from '@/ui/dialog'
import { defineStrings, useStrings } from '@/ui/locale'
import { useCommands } from '@/ui/shortcuts'
import { SkeletonText } from '@/ui/states'

const EmailThread = lazy(() => import('@/features/email/EmailThread').then((file) => ({ default: file.EmailThread })))
const EmailComposer = lazy(() => import('@/features/email/EmailComposer').then((file) => ({ default: file.EmailComposer })))

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
  ])
  return (
    <>
      <IconButton label={say.mails} keys="shift+m" icon={<Mail />} onClick={() => open(true)} />
      <Sheet title={say.mails} isOpen={isOpen} onOpenChange={open} width="lg">
        <Suspense fallback={<SkeletonText lines={6} />}>
          {isWriting ? (
            <EmailComposer
              ticketId={ticket.id}
              to={ticket.customer_email}
              subject={`Re: ${ticket.subject}`}
              onSent={() => write(false)}
              onCancel={() => write(false)}
            />
          ) : (
            <div className="space-y-4">
              <Button icon={<PenLine />} onClick={() => write(true)}>
                {say.write}
              </Button>
              <EmailThread ticketId={ticket.id} />
            </div>
          )}
        </Suspense>
      </Sheet>
    </>
  )
}

/** What became of the mail of each message of a ticket, for the thread. */
export function useDeliveries(ticketId: string) {
  const { data } = useQuery(emailQueries.ofTicket(ticketId))
  return (message: AgentMessage) => {
    if (message.sender !== 'admin' && message.sender !== 'ai') return null
    const email = data?.emails.find((one) => one.ticket_message_id === message.id && one.direction === 'outbound')
    return email ? (
      <span className="mt-1 inline-flex">
        <DeliveryBadge email={email} />
      </span>
    ) : null
  }
}
