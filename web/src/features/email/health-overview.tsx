import { CircleAlert, CircleCheck, Clock } from 'lucide-react'
import type { ReactNode } from 'react'

import { Card, RelativeTime, useStrings } from '@/ui'
import type { components } from '@/api/schema'

import { strings } from './strings'

/** How mail is doing, at a glance. */
export function HealthOverview({ health }: { health: components['schemas']['Health'] }) {
  const say = useStrings(strings)
  const since = (at: string | null): ReactNode => (at ? <RelativeTime at={at} /> : say.never)
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure label={say.lastIn} value={since(health.last_received_at)} hint={`${health.waiting_in} ${say.waitingIn}`} isCalm={health.waiting_in < 50} />
      <Figure label={say.lastOut} value={since(health.last_sent_at)} hint={`${health.queued_out} ${say.queuedOut}`} isCalm={health.queued_out < 50} />
      <Figure label={say.unprocessed} value={health.unprocessed} isCalm={health.unprocessed === 0} />
      <Figure label={say.failed} value={health.failed + health.uncertain} isCalm={health.failed + health.uncertain === 0} />
    </div>
  )
}

interface FigureProps {
  label: string
  value: ReactNode
  hint?: string
  isCalm: boolean
}

function Figure({ label, value, hint, isCalm }: FigureProps) {
  return (
    <Card className="px-4 py-3">
      <p className="flex items-center gap-1.5 text-sm text-muted">
        {isCalm ? <CircleCheck className="size-3.5 text-green" aria-hidden /> : hint ? <Clock className="size-3.5 text-amber" aria-hidden /> : <CircleAlert className="size-3.5 text-red" aria-hidden />}
        {label}
      </p>
      <p className="tabular mt-1 truncate text-lg font-semibold">{value}</p>
      {hint && <p className="truncate text-xs text-faint">{hint}</p>}
    </Card>
  )
}
