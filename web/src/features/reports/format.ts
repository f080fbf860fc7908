import type { useFormat } from '@/ui/locale'

import type { Unit } from './queries'

type Format = ReturnType<typeof useFormat>

/** A figure as a person reads it. */
export function shown(value: number | null | undefined, unit: Unit, format: Format): string {
  if (value === null || value === undefined) return '–'
  switch (unit) {
    case 'seconds':
      return value < 60 ? `${Math.round(value)} s` : format.duration(value / 60)
    case 'minutes':
      return format.duration(value)
    case 'percent':
      return `${format.number(Math.round(value * 10) / 10)} %`
    case 'stars':
      return format.number(Math.round(value * 100) / 100)
    case 'count':
      return format.number(value)
  }
}

export type Verdict = 'better' | 'worse' | 'neutral'

/** By how much a figure moved against the period before, and whether that is good. */
export function change(
  value: number | null,
  previous: number | null,
  good: 'more' | 'less' | null,
): { share: number; verdict: Verdict } | null {
  if (value === null || previous === null || previous === 0) return null
  const share = (value - previous) / previous
  if (Math.abs(share) < 0.005) return { share: 0, verdict: 'neutral' }
  if (good === null) return { share, verdict: 'neutral' }
  return { share, verdict: share > 0 === (good === 'more') ? 'better' : 'worse' }
}
