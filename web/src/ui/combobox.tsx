import { Command } from 'cmdk'
import { Check, ChevronDown, Plus } from 'lucide-react'
import { Popover as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'

import { cx } from './class-names'
import { CommandList } from './command-list'
import { useFieldProps } from './field'
import { controlLooks } from './input'
import { useStrings } from './locale'
import { strings } from './strings'

export interface ComboboxOption {
  value: string
  label: string
  hint?: string
  icon?: ReactNode
  keywords?: string[]
}

interface Shared {
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

interface One extends Shared {
  isMultiple?: false
  value: string | null
  onChange: (value: string | null) => void
  isClearable?: boolean
}

interface Many extends Shared {
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
          <OptionList {...props} chosen={chosen} onPick={pick} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface OptionListProps extends Shared {
  chosen: string[]
  onPick: (value: string) => void
}

function OptionList({ options, chosen, onPick, onSearch, onCreate, createLabel, ...rest }: OptionListProps) {
  const [text, setText] = useState('')
  const say = useStrings(strings)
  const isNew = text.trim() !== '' && !options.some((option) => option.label.toLowerCase() === text.trim().toLowerCase())
  return (
    <Command shouldFilter={!onSearch} label={rest['aria-label'] ?? say.search} loop>
      <Command.Input
        autoFocus
        value={text}
        onValueChange={(value) => {
          setText(value)
          onSearch?.(value)
        }}
        placeholder={say.search}
        className="h-9 w-full border-b border-line bg-transparent px-3 text-base outline-none"
      />
      <CommandList className="max-h-64 overflow-y-auto p-1" empty={say.nothingFound}>
        {options.map((option) => (
          <Command.Item
            key={option.value}
            value={option.value}
            keywords={[option.label, ...(option.keywords ?? [])]}
            onSelect={() => onPick(option.value)}
            className="flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-press"
          >
            {option.icon}
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {option.hint && <span className="truncate text-xs text-faint">{option.hint}</span>}
            {chosen.includes(option.value) && <Check className="size-4 shrink-0 text-accent-text" />}
          </Command.Item>
        ))}
        {onCreate && isNew && (
          <Command.Item
            value={`__new ${text}`}
            keywords={[text]}
            onSelect={() => onCreate(text.trim())}
            className="flex min-h-8 items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-press"
          >
            <Plus className="size-4 text-faint" />
            {createLabel?.(text.trim()) ?? `“${text.trim()}”`}
          </Command.Item>
        )}
      </CommandList>
    </Command>
  )
}
