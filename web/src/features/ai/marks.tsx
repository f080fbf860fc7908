import { Badge, Tooltip, useFormat, useStrings, type Tone } from '@/ui'

import { strings } from './strings'

const TONES: Record<string, Tone> = { answered: 'green', clarified: 'blue', handed_over: 'amber', dropped: 'neutral', proposed: 'violet' }

/** What the AI decided, in a word. */
export function Decision({ action }: { action: string }) {
  const say = useStrings(strings)
  const names: Record<string, string> = say.actions
  return <Badge tone={TONES[action] ?? 'neutral'}>{names[action] ?? action}</Badge>
}

/** A confidence as a bar, with a mark where it would have been enough. */
export function ConfidenceBar({ value, needed }: { value: number; needed: number | null }) {
  const say = useStrings(strings)
  const format = useFormat()
  const label = needed === null ? format.percent(value) : `${format.percent(value)}, ${say.needed(format.percent(needed))}`
  return (
    <Tooltip label={`${say.confidence}: ${label}`}>
      <span className="inline-flex items-center gap-2">
        <span className="relative block h-1.5 w-20 rounded-full bg-press">
          <span className="block h-full rounded-full bg-violet" style={{ width: `${Math.min(value, 1) * 100}%` }} />
          {needed !== null && <span className="absolute -inset-y-0.5 w-0.5 rounded-full bg-ink" style={{ left: `${needed * 100}%` }} />}
        </span>
        <span className="tabular">{format.percent(value)}</span>
      </span>
    </Tooltip>
  )
}
