import { PenLine } from 'lucide-react'

import { EmailComposer } from '@/features/email/EmailComposer'
import { EmailThread } from '@/features/email/EmailThread'
import type { AgentTicket } from '@/features/tickets/agent/queries'
import { Button } from '@/ui/button'
import { defineStrings, useStrings } from '@/ui/locale'

const strings = defineStrings({ write: 'Write an e-mail' }, { write: 'E-Mail schreiben' })

interface MailsOfTicketProps {
  ticket: AgentTicket
  isWriting: boolean
  onWriting: (isWriting: boolean) => void
}

/** The mails of a ticket, or a new one being written. */
export default function MailsOfTicket({ ticket, isWriting, onWriting }: MailsOfTicketProps) {
  const say = useStrings(strings)
  return isWriting ? (
    <EmailComposer
      ticketId={ticket.id}
      to={ticket.customer_email}
      subject={`Re: ${ticket.subject}`}
      onSent={() => onWriting(false)}
      onCancel={() => onWriting(false)}
    />
  ) : (
    <div className="space-y-4">
      <Button icon={<PenLine />} onClick={() => onWriting(true)}>
        {say.write}
      </Button>
      <EmailThread ticketId={ticket.id} />
    </div>
  )
}
