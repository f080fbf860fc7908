import { Fragment } from 'react'

import { keyParts } from './shortcuts'

/** A shortcut as keycaps: `mod+k`, `g i`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex items-center gap-1 text-2xs text-muted">
      {keyParts(keys).map((step, index) => (
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
