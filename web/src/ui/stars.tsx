import { Star } from 'lucide-react'
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react'

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

/** How long one rests on a star that the arrows led to before it counts. */
const REST = 1500

/** One to five stars; radio buttons underneath, so arrows and screen readers work. */
export function Stars({ value, onRate, disabled = false, label }: StarsProps) {
  const say = useStrings(strings)
  const group = useId()
  const [hovered, hover] = useState<number | null>(null)
  const { draft, choose, settle, onKeyDown, onPointerDown } = useChoice(onRate)
  const chosen = draft ?? value
  const shown = hovered ?? chosen ?? 0
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
    <div
      role="radiogroup"
      tabIndex={-1}
      aria-label={label ?? say.rating}
      className="inline-flex"
      onPointerLeave={() => hover(null)}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && settle()}
    >
      {[1, 2, 3, 4, 5].map((star) => (
        <label
          key={star}
          onPointerEnter={() => hover(star)}
          className="cursor-pointer rounded-xs p-0.5 has-focus-visible:outline-2 has-focus-visible:outline-ring"
        >
          <input
            type="radio"
            name={group}
            className="sr-only"
            aria-label={say.stars(star)}
            checked={chosen === star}
            disabled={disabled}
            onChange={() => choose(star)}
          />
          <StarShape isFull={star <= shown} className="size-5" />
        </label>
      ))}
    </div>
  )
}

/**
 * Arrows pass over stars that are not meant: what they lead to counts with Enter, when one leaves, or after a rest.
 * A click or Space counts at once.
 */
function useChoice(onRate: ((stars: number) => void) | undefined) {
  const [draft, setDraft] = useState<number | null>(null)
  const isByArrow = useRef(false)
  const settle = (): void => {
    if (draft !== null) onRate?.(draft)
    setDraft(null)
  }
  const rested = useEffectEvent(settle)
  useEffect(() => {
    if (draft === null) return
    const timer = setTimeout(() => rested(), REST)
    return () => clearTimeout(timer)
  }, [draft])
  return {
    draft,
    settle,
    choose: (star: number) => {
      setDraft(isByArrow.current ? star : null)
      if (!isByArrow.current) onRate?.(star)
    },
    onPointerDown: () => (isByArrow.current = false),
    onKeyDown: (event: KeyboardEvent) => {
      isByArrow.current = event.key.startsWith('Arrow')
      if (event.key === 'Enter') settle()
    },
  }
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
