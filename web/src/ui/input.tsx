import { Eye, EyeOff, Search, X } from 'lucide-react'
import { useImperativeHandle, useLayoutEffect, useRef, useState, type ComponentProps, type ReactNode } from 'react'

import { cx } from './class-names'
import { useFieldProps } from './field'
import { Kbd } from './kbd'
import { useStrings } from './locale'
import { strings } from './strings'

/** The looks every text control shares. */
export const controlLooks = cx(
  'w-full rounded-sm border border-control-line bg-sunken text-base text-ink light:bg-surface',
  'transition-[border-color,box-shadow] hover:border-muted disabled:opacity-60',
  'focus-visible:border-accent focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-ring',
  'aria-invalid:border-red pointer-coarse:text-touch',
)

export interface InputProps extends ComponentProps<'input'> {
  /** Shown inside, before the text. */
  lead?: ReactNode
  /** Shown inside, after the text. */
  trail?: ReactNode
  /** As high as a small `Select`. */
  isSmall?: boolean
}

export function Input({ className, lead, trail, isSmall = false, id, required, ...rest }: InputProps) {
  const field = useFieldProps({ id, required })
  const input = (
    <input
      {...field}
      {...rest}
      className={cx(controlLooks, isSmall ? 'h-7 px-2 text-sm' : 'h-9 px-3', lead && 'pl-9', trail && 'pr-9', !lead && !trail && className)}
    />
  )
  if (!lead && !trail) return input
  return (
    <div className={cx('relative', className)}>
      {lead && (
        <span className="pointer-events-none absolute inset-y-0 left-3 grid place-items-center text-faint [&_svg]:size-4">
          {lead}
        </span>
      )}
      {input}
      {trail && <span className="absolute inset-y-0 right-1 flex items-center">{trail}</span>}
    </div>
  )
}

export function PasswordInput(props: ComponentProps<'input'>) {
  const [isShown, show] = useState(false)
  const say = useStrings(strings)
  return (
    <Input
      {...props}
      type={isShown ? 'text' : 'password'}
      spellCheck={false}
      autoCapitalize="none"
      trail={
        <button
          type="button"
          className="grid size-7 place-items-center rounded-xs text-muted hover:text-ink"
          aria-label={isShown ? say.hidePassword : say.showPassword}
          onClick={() => show(!isShown)}
        >
          {isShown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
        </button>
      }
    />
  )
}

export interface TextareaProps extends ComponentProps<'textarea'> {
  /** Grows with its text, up to this many lines. */
  maxRows?: number
}

export function Textarea({ className, id, required, rows = 3, maxRows = 16, ref, ...rest }: TextareaProps) {
  const field = useFieldProps({ id, required })
  const own = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => own.current as HTMLTextAreaElement)
  useLayoutEffect(() => {
    const element = own.current
    if (!element) return
    element.style.height = 'auto'
    const line = Number.parseFloat(getComputedStyle(element).lineHeight) || 22
    element.style.height = `${Math.min(element.scrollHeight + 2, line * maxRows + 18)}px`
  }, [rest.value, maxRows])
  return (
    <textarea
      ref={own}
      rows={rows}
      {...field}
      {...rest}
      className={cx(controlLooks, 'block resize-none px-3 py-2 leading-normal', className)}
    />
  )
}

interface SearchInputProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'type'> {
  value: string
  onChange: (value: string) => void
  label: string
  keys?: string
}

export function SearchInput({ value, onChange, label, keys, className, ...rest }: SearchInputProps) {
  const say = useStrings(strings)
  const trail = value ? (
    <button
      type="button"
      aria-label={say.clear}
      onClick={() => onChange('')}
      className="grid size-7 place-items-center rounded-xs text-muted hover:text-ink"
    >
      <X className="size-4" />
    </button>
  ) : (
    keys && (
      <span className="pr-1.5">
        <Kbd keys={keys} />
      </span>
    )
  )
  return (
    <Input
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      lead={<Search />}
      trail={trail}
      className={className ?? ''}
      {...rest}
    />
  )
}
