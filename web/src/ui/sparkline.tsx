import type { Tone } from './badge'
import { STROKE } from './chart'
import { cx } from './class-names'

interface SparklineProps {
  values: number[]
  label: string
  tone?: Tone
  className?: string
}

/** A trend at a glance, beside its number. */
export function Sparkline({ values, label, tone = 'accent', className }: SparklineProps) {
  const top = Math.max(...values, 1)
  const points = values.map((value, at) => `${(at / Math.max(values.length - 1, 1)) * 96 + 2},${22 - (value / top) * 20}`)
  return (
    <svg viewBox="0 0 100 24" role="img" aria-label={label} preserveAspectRatio="none" className={cx('h-6 w-24', STROKE[tone], className)}>
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
