import { Fragment } from 'react'

import { keyParts, useShownKeys } from './shortcuts'

interface KbdProps {
  keys: string
  /** These very keys, not what somebody chose in their place. */
  isExact?: boolean
}

/** A shortcut as keycaps: `mod+k`, `g i`. */
export function Kbd({ keys, isExact = false }: KbdProps) {
  const own = useShownKeys(keys)
  const shown = isExact ? keys : own
  if (!shown) return null
  return (
    <span className="inline-flex items-center gap-1 text-2xs text-muted">
      {keyParts(shown).map((step, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>
          {step.map((part) => (
            <kbd
              key={part}
              className="grid h-4.5 min-w-4.5 place-items-center rounded-xs border border-line-strong bg-hover px-1 font-sans"
            >
              {part}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
