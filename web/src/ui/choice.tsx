import { Check, Minus } from 'lucide-react'
import { Checkbox as RadixCheckbox, RadioGroup as RadixRadio, Switch as RadixSwitch } from 'radix-ui'
import { useId, type ReactNode } from 'react'

import { cx } from './class-names'
import { useFieldProps } from './field'

interface Labelled {
  label?: ReactNode
  hint?: ReactNode
  'aria-label'?: string
}

export interface CheckboxProps extends Labelled {
  checked: boolean | 'indeterminate'
  onChange: (checked: boolean) => void
  disabled?: boolean
}

export function Checkbox({ checked, onChange, label, hint, disabled, ...rest }: CheckboxProps) {
  const id = useId()
  return (
    <Row id={id} label={label} hint={hint}>
      <RadixCheckbox.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(value) => onChange(value === true)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={cx(
          'grid size-4 shrink-0 place-items-center rounded-xs border border-control-line bg-sunken text-accent-ink light:bg-surface',
          'transition-colors hover:border-muted disabled:opacity-50',
          'data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        )}
        {...rest}
      >
        <RadixCheckbox.Indicator>
          {checked === 'indeterminate' ? (
            <Minus className="size-3" strokeWidth={3} />
          ) : (
            <Check className="size-3" strokeWidth={3} />
          )}
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
    </Row>
  )
}

export interface SwitchProps extends Labelled {
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

export function Switch({ checked, onChange, label, hint, disabled, ...rest }: SwitchProps) {
  const own = useId()
  const field = useFieldProps()
  const id = label ? own : (field.id ?? own)
  return (
    <Row id={id} label={label} hint={hint}>
      <RadixSwitch.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={cx(
          'relative h-5 w-8.5 shrink-0 rounded-full border border-control-line bg-press transition-colors',
          'hover:border-muted disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent',
        )}
        {...rest}
      >
        <RadixSwitch.Thumb
          className={cx(
            'block size-3.5 translate-x-0.5 rounded-full bg-ink shadow-low transition-transform',
            'data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent-ink',
          )}
        />
      </RadixSwitch.Root>
    </Row>
  )
}

export interface RadioOption<V extends string> {
  value: V
  label: ReactNode
  hint?: ReactNode
  disabled?: boolean
}

interface RadioProps<V extends string> {
  value: V
  onChange: (value: V) => void
  options: RadioOption<V>[]
  'aria-label'?: string
  className?: string
}

export function RadioGroup<V extends string>({ value, onChange, options, className, ...rest }: RadioProps<V>) {
  const base = useId()
  return (
    <RadixRadio.Root
      value={value}
      onValueChange={(next) => onChange(next as V)}
      className={cx('flex flex-col gap-2.5', className)}
      {...rest}
    >
      {options.map((option) => {
        const id = `${base}-${option.value}`
        return (
          <Row key={option.value} id={id} label={option.label} hint={option.hint}>
            <RadixRadio.Item
              id={id}
              value={option.value}
              disabled={option.disabled ?? false}
              aria-describedby={option.hint ? `${id}-hint` : undefined}
              className={cx(
                'grid size-4 shrink-0 place-items-center rounded-full border border-control-line bg-sunken light:bg-surface',
                'transition-colors hover:border-muted disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent',
              )}
            >
              <RadixRadio.Indicator className="size-1.5 rounded-full bg-accent-ink" />
            </RadixRadio.Item>
          </Row>
        )
      })}
    </RadixRadio.Root>
  )
}

function Row({ id, label, hint, children }: { id: string; label: ReactNode; hint: ReactNode; children: ReactNode }) {
  if (!label) return children
  return (
    <div className="flex items-start gap-2.5">
      <span className="flex h-5 items-center">{children}</span>
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm text-ink">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
