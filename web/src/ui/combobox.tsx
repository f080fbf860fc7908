import { ChevronDown } from 'lucide-react'
import { Popover as Radix } from 'radix-ui'
import { lazy, Suspense, useState, type ReactNode } from 'react'

import { cx } from './class-names'
import { useFieldProps } from './field'
import { controlLooks } from './input'
import { useStrings } from './locale'
import { SkeletonText } from './states'
import { strings } from './strings'

// The list with its search is loaded when one is first opened.
const OptionList = lazy(() => import('./combobox-list'))

export interface ComboboxOption {
  value: string
  label: string
  hint?: string
  icon?: ReactNode
  keywords?: string[]
}

export interface ComboboxShared {
  options: readonly ComboboxOption[]
  placeholder?: string
  /** Options come from the server: called on typing; the list is then shown as given. */
  onSearch?: (text: string) => void
  /** Offers to make a new entry of what was typed. */
  onCreate?: (text: string) => void
  createLabel?: (text: string) => string
  disabled?: boolean
  id?: string
  'aria-label'?: string
  className?: string
  /** Replaces the trigger's looks. */
  trigger?: ReactNode
}

interface One extends ComboboxShared {
  isMultiple?: false
  value: string | null
  onChange: (value: string | null) => void
  isClearable?: boolean
}

interface Many extends ComboboxShared {
  isMultiple: true
  value: string[]
  onChange: (value: string[]) => void
}

export type ComboboxProps = One | Many

/** One or several of a long list, found by typing. */
export function Combobox(props: ComboboxProps) {
  const { options, placeholder, disabled, id, className, trigger } = props
  const [isOpen, setOpen] = useState(false)
  const { required: _, ...field } = useFieldProps({ id })
  const say = useStrings(strings)
  const chosen = props.isMultiple ? props.value : props.value === null ? [] : [props.value]
  const labels = chosen.map((value) => options.find((option) => option.value === value)?.label ?? value)

  const pick = (value: string): void => {
    if (props.isMultiple) {
      props.onChange(chosen.includes(value) ? chosen.filter((item) => item !== value) : [...chosen, value])
      return
    }
    props.onChange(props.isClearable && chosen.includes(value) ? null : value)
    setOpen(false)
  }

  return (
    <Radix.Root open={isOpen} onOpenChange={setOpen}>
      <Radix.Trigger asChild disabled={disabled ?? false}>
        {trigger ?? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-haspopup="listbox"
            {...field}
            aria-label={props['aria-label']}
            className={cx(
              controlLooks,
              'flex min-h-9 items-center justify-between gap-2 px-3 py-1 text-left',
              className,
            )}
          >
            <span className={cx('truncate', labels.length === 0 && 'text-faint')}>
              {labels.join(', ') || (placeholder ?? say.choose)}
            </span>
            <ChevronDown className="size-4 shrink-0 text-faint" aria-hidden />
          </button>
        )}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="floating z-50 w-(--radix-popover-trigger-width) max-w-[calc(100vw-1rem)] min-w-60 animate-pop rounded-md bg-overlay"
        >
          <Suspense
            fallback={
              <div className="p-3">
                <SkeletonText />
              </div>
            }
          >
            <OptionList {...props} chosen={chosen} onPick={pick} />
          </Suspense>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
