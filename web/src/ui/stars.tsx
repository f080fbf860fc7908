import { Star } from 'lucide-react'
import { useState } from 'react'

import { cx } from './class-names'
import { useStrings } from './locale'
import { strings } from './strings'

interface StarsProps {
  value: number | null
  /** Without it the stars only show. */
  onRate?: (stars: number) => void
  disabled?: boolean
  label?: string
}

/** One to five stars; radio buttons underneath, so arrows and screen readers work. */
export function Stars({ value, onRate, disabled = false, label }: StarsProps) {
  const say = useStrings(strings)
  const [hovered, hover] = useState<number | null>(null)
  const shown = hovered ?? value ?? 0
  if (!onRate) {
    return (
      <span role="img" aria-label={say.stars(value ?? 0)} className="inline-flex">
        {[1, 2, 3, 4, 5].map((star) => (
          <StarShape key={star} isFull={star <= shown} className="size-3.5" />
        ))}
      </span>
    )
  }
  return (
    <div role="radiogroup" aria-label={label ?? say.rating} className="inline-flex" onPointerLeave={() => hover(null)}>
      {[1, 2, 3, 4, 5].map((star) => (
        <label
          key={star}
          onPointerEnter={() => hover(star)}
          className="cursor-pointer rounded-xs p-0.5 has-focus-visible:outline-2 has-focus-visible:outline-ring"
        >
          <input
            type="radio"
            className="sr-only"
            aria-label={say.stars(star)}
            checked={value === star}
            disabled={disabled}
            onChange={() => onRate(star)}
          />
          <StarShape isFull={star <= shown} className="size-5" />
        </label>
      ))}
    </div>
  )
}

function StarShape({ isFull, className }: { isFull: boolean; className: string }) {
  return (
    <Star
      aria-hidden
      strokeWidth={1.6}
      className={cx('transition-colors', className, isFull ? 'fill-amber text-amber' : 'text-faint')}
    />
  )
}
