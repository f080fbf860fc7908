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

interface SegmentedProps<V extends string> {
  value: V
  onChange: (value: V) => void
  options: readonly { value: V; label: ReactNode; icon?: ReactNode }[]
  label: string
}

/** Two to four choices of one setting, side by side. */
export function Segmented<V extends string>({ value, onChange, options, label }: SegmentedProps<V>) {
  return (
    <div role="radiogroup" aria-label={label} className="inline-flex gap-0.5 rounded-md border border-line bg-sunken p-0.5">
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            'inline-flex h-7 cursor-pointer items-center gap-1.5 rounded-sm px-2.5 text-sm font-medium text-muted transition-colors [&_svg]:size-4',
            'hover:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-low has-focus-visible:outline-2 has-focus-visible:outline-ring',
          )}
        >
          <input
            type="radio"
            className="sr-only"
            name={label}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.icon}
          {option.label}
        </label>
      ))}
    </div>
  )
}
