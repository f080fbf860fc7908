import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

import { cx } from './class-names'

export interface Tab<V extends string> {
  value: V
  label: ReactNode
  count?: number
  content?: ReactNode
}

interface TabsProps<V extends string> {
  value: V
  onChange: (value: V) => void
  tabs: readonly Tab<V>[]
  label: string
  className?: string
  /** The one panel all tabs share, when the tabs only filter it. */
  children?: ReactNode
}

export function Tabs<V extends string>({ value, onChange, tabs, label, className, children }: TabsProps<V>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as V)} className={className}>
      <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className={cx(
              '-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm font-medium whitespace-nowrap text-muted',
              'transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink',
              'focus-visible:-outline-offset-2',
            )}
          >
            {tab.label}
            {tab.count !== undefined && <span className="tabular text-xs text-faint">{tab.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children !== undefined ? (
        <Radix.Content value={value} className="outline-none">
          {children}
        </Radix.Content>
      ) : (
        tabs.map((tab) => (
          <Radix.Content key={tab.value} value={tab.value} className="pt-4 outline-none">
            {tab.content}
          </Radix.Content>
        ))
      )}
    </Radix.Root>
  )
}

// Where it was first; pages that need no tabs import it from its own file.
export { Segmented } from './segmented'
