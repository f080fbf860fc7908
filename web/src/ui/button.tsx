import { Slot } from 'radix-ui'
import { type ComponentProps, type ReactNode } from 'react'

import { cx } from './class-names'
import { Spinner } from './spinner'
import { Tooltip } from './tooltip'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger' | 'quiet-danger'
export type ButtonSize = 'sm' | 'md' | 'lg'

const VARIANT: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-accent-ink lit-color hover:bg-accent-hover border border-transparent',
  secondary: 'bg-raised text-ink lit border border-line-strong hover:bg-[image:linear-gradient(var(--hover),var(--hover))]',
  ghost: 'text-muted hover:text-ink hover:bg-hover active:bg-press border border-transparent',
  danger: 'bg-red-solid text-white lit-color border border-transparent hover:brightness-110',
  'quiet-danger': 'text-red hover:bg-red-soft border border-transparent',
}

const SIZE: Record<ButtonSize, string> = {
  sm: 'h-7 px-2.5 text-sm gap-1.5 rounded-sm',
  md: 'h-8 px-3 text-sm gap-1.5 rounded-sm pointer-coarse:h-10',
  lg: 'h-10 px-4 text-base gap-2 rounded-md',
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: ReactNode
  /** Work is under way: shows a spinner and takes no clicks, keeping its width. */
  isBusy?: boolean
  /** Gives its looks to the only child, e.g. a `Link`. */
  asChild?: boolean
}

export function Button({
  variant = 'secondary',
  size = 'md',
  icon,
  isBusy = false,
  asChild = false,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) {
  const looks = cx(
    'relative inline-flex shrink-0 items-center justify-center font-medium whitespace-nowrap select-none',
    'transition-[background-color,color,border-color,filter,opacity] disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
    VARIANT[variant],
    SIZE[size],
    className,
  )
  if (asChild) {
    return (
      <Slot.Root className={looks} {...rest}>
        {children}
      </Slot.Root>
    )
  }
  return (
    <button type={type} className={looks} disabled={disabled || isBusy} aria-busy={isBusy || undefined} {...rest}>
      <span className={cx('inline-flex items-center gap-[inherit]', isBusy && 'invisible')}>
        {icon}
        {children}
      </span>
      {isBusy && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
    </button>
  )
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  /** Its name, for the tooltip and for screen readers. */
  label: string
  icon: ReactNode
  keys?: string
  isPressed?: boolean
}

const SQUARE: Record<ButtonSize, string> = { sm: 'w-7', md: 'w-8 pointer-coarse:w-10', lg: 'w-10' }

export function IconButton({
  label,
  icon,
  keys,
  isPressed,
  variant = 'ghost',
  size = 'md',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <Button
        variant={variant}
        size={size}
        aria-label={label}
        aria-pressed={isPressed}
        className={cx('!px-0', SQUARE[size], isPressed && 'bg-press text-ink', className)}
        {...rest}
      >
        {icon}
      </Button>
    </Tooltip>
  )
}
