import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

import { cx } from './class-names'
import { useFieldProps } from './field'
import { controlLooks } from './input'
import { useStrings } from './locale'
import { strings } from './strings'

export interface SelectOption<V extends string> {
  value: V
  label: string
  icon?: ReactNode
  hint?: string
  disabled?: boolean
}

export interface SelectProps<V extends string> {
  value: V | undefined
  onChange: (value: V) => void
  options: readonly SelectOption<V>[]
  placeholder?: string
  disabled?: boolean
  size?: 'sm' | 'md'
  id?: string
  'aria-label'?: string
  className?: string
}

/** One of a short, known list; longer lists use `Combobox`. An option's value is never empty. */
export function Select<V extends string>({
  value,
  onChange,
  options,
  placeholder,
  disabled,
  size = 'md',
  id,
  className,
  ...rest
}: SelectProps<V>) {
  const { required: _, ...field } = useFieldProps({ id })
  const say = useStrings(strings)
  return (
    <Radix.Root value={value ?? ''} onValueChange={(next) => onChange(next as V)} disabled={disabled ?? false}>
      <Radix.Trigger
        {...field}
        {...rest}
        className={cx(
          controlLooks,
          'flex items-center justify-between gap-2 text-left data-[placeholder]:text-faint',
          size === 'sm' ? 'h-7 px-2 text-sm' : 'h-9 px-3',
          className,
        )}
      >
        <span className="flex min-w-0 items-center gap-2 truncate">
          <Radix.Value placeholder={placeholder ?? say.choose} />
        </span>
        <ChevronDown className="size-4 shrink-0 text-faint" aria-hidden />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="floating z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-pop overflow-hidden rounded-md bg-overlay"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="relative flex min-h-8 items-center gap-2 rounded-sm py-1 pr-8 pl-2 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-press"
              >
                <Radix.ItemText>
                  <span className="flex items-center gap-2">
                    {option.icon}
                    {option.label}
                  </span>
                </Radix.ItemText>
                {option.hint && <span className="ml-auto text-xs text-faint">{option.hint}</span>}
                <Radix.ItemIndicator className="absolute right-2">
                  <Check className="size-4 text-accent-text" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
