import type { ReactNode } from 'react'

import { SearchInput } from './input'
import { SkeletonRows } from './states'

interface FinderProps<T> {
  label: string
  placeholder?: string
  words: string
  onWords: (words: string) => void
  autoFocus?: boolean
  /** What was found; undefined while nothing is known yet. */
  found: readonly T[] | undefined
  keyOf: (item: T) => string
  /** Said when nothing was found. */
  empty: string
  children: (item: T) => ReactNode
}

/** A search field and what it finds, one line each: for dialogs in which something is looked up. */
export function Finder<T>({ label, placeholder, words, onWords, autoFocus = false, found, keyOf, empty, children }: FinderProps<T>) {
  return (
    <div className="flex flex-col gap-2">
      <SearchInput label={label} value={words} onChange={onWords} autoFocus={autoFocus} {...(placeholder && { placeholder })} />
      {!found && <SkeletonRows rows={3} />}
      {found?.length === 0 && <p className="px-2 py-4 text-sm text-muted">{empty}</p>}
      <ul className="flex max-h-80 flex-col overflow-y-auto">
        {found?.map((item) => (
          <li key={keyOf(item)}>{children(item)}</li>
        ))}
      </ul>
    </div>
  )
}
