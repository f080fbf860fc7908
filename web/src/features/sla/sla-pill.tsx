import { AlarmClock, CircleCheck, Hourglass, Pause, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { Badge, type Tone } from '@/ui/badge'
import { useFormat, useStrings } from '@/ui/locale'
import { useNow } from '@/ui/relative-time'

import { strings } from './clock-strings'

const MINUTE = 60_000

interface PillTicket {
  sla_state?: string | null
  next_due_at?: string | null
  status: string
}

interface Looks {
  tone: Tone
  icon: ReactNode
  text: string
  title: string
}

/** How a ticket stands to its service level: countdown, colour, icon and word. Nothing where there is none. */
export function SlaPill({ ticket }: { ticket: PillTicket }) {
  const say = useStrings(strings)
  const format = useFormat()
  const now = useNow()
  const looks = looksOf(ticket, now, say, format)
  if (!looks) return null
  return (
    <Badge tone={looks.tone} icon={looks.icon} title={looks.title} className="tabular">
      {looks.text}
    </Badge>
  )
}

function looksOf(
  ticket: PillTicket,
  now: number,
  say: typeof strings.en,
  format: ReturnType<typeof useFormat>,
): Looks | null {
  const isClosed = ticket.status === 'closed'
  const due = ticket.next_due_at ? Date.parse(ticket.next_due_at) : null
  const left = due === null ? null : Math.round((due - now) / MINUTE)
  const when = due === null ? '' : format.relative(new Date(due), now)
  const isLate = ticket.sla_state === 'breached' || (left !== null && left < 0 && !isClosed)
  if (isLate) {
    const text = left !== null && left < 0 ? say.late(format.duration(-left)) : say.breachedTitle
    return { tone: 'red', icon: <TriangleAlert />, text, title: say.breachedTitle }
  }
  if (isClosed || !ticket.sla_state) return null
  if (ticket.sla_state === 'paused') return { tone: 'neutral', icon: <Pause />, text: say.paused, title: say.pausedTitle }
  if (left === null) return { tone: 'green', icon: <CircleCheck />, text: say.metWord, title: say.metWord }
  if (ticket.sla_state === 'at_risk') {
    return { tone: 'amber', icon: <AlarmClock />, text: format.duration(left), title: say.warnedTitle(when) }
  }
  return { tone: 'neutral', icon: <Hourglass />, text: format.duration(left), title: say.okTitle(when) }
}

/** The pill as a list's rows take it; one function for all rows, so that they are not drawn anew. */
export function slaBadge(ticket: PillTicket): ReactNode {
  return <SlaPill ticket={ticket} />
}
