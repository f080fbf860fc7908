import { Check, CheckCheck, CircleAlert, Clock, HelpCircle } from 'lucide-react'
import type { ReactNode } from 'react'

import { Badge, type Tone } from '@/ui/badge'
import { defineStrings, useStrings } from '@/ui/locale'

import type { Email } from './ticket-emails'

const strings = defineStrings(
  {
    states: {
      queued: 'Waiting',
      leased: 'Sending',
      sent: 'Sent',
      delivered: 'Delivered',
      uncertain: 'Uncertain',
      bounced: 'Came back',
      failed: 'Not sent',
      received: 'Received',
    } as Record<string, string>,
  },
  {
    states: {
      queued: 'Wartet',
      leased: 'Wird gesendet',
      sent: 'Gesendet',
      delivered: 'Zugestellt',
      uncertain: 'Ungewiss',
      bounced: 'Kam zurück',
      failed: 'Nicht gesendet',
      received: 'Empfangen',
    },
  },
)

const STATE: Record<string, { tone: Tone; icon: ReactNode }> = {
  queued: { tone: 'neutral', icon: <Clock /> },
  leased: { tone: 'neutral', icon: <Clock /> },
  sent: { tone: 'green', icon: <Check /> },
  delivered: { tone: 'green', icon: <CheckCheck /> },
  uncertain: { tone: 'amber', icon: <HelpCircle /> },
  bounced: { tone: 'red', icon: <CircleAlert /> },
  failed: { tone: 'red', icon: <CircleAlert /> },
}

/** What became of an outgoing mail. */
export function DeliveryBadge({ email }: { email: Pick<Email, 'delivery_state' | 'error_message'> }) {
  const say = useStrings(strings)
  if (!email.delivery_state) return null
  const looks = STATE[email.delivery_state] ?? { tone: 'neutral' as const, icon: <Clock /> }
  return (
    <Badge tone={looks.tone} icon={looks.icon} {...(email.error_message && { title: email.error_message })}>
      {say.states[email.delivery_state]}
    </Badge>
  )
}
