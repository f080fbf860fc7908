import { Command, useCommandState } from 'cmdk'
import type { ReactNode } from 'react'

import { cx } from './class-names'

interface CommandListProps {
  /** Said when nothing matches. */
  empty: ReactNode
  className: string
  children: ReactNode
}

/** The entries of a cmdk list. The words for "nothing" stand beside it: a list box without options is none. */
export function CommandList({ empty, className, children }: CommandListProps) {
  const isEmpty = useCommandState((state) => state.filtered.count === 0)
  return (
    <>
      {isEmpty && (
        <p role="status" className="px-2 py-6 text-center text-sm text-muted">
          {empty}
        </p>
      )}
      <Command.List className={cx(className, isEmpty && 'hidden')}>{children}</Command.List>
    </>
  )
}
