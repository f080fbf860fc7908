import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

import { cx } from './class-names'

export interface PopoverProps {
  trigger: ReactNode
  children: ReactNode
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  label?: string
  className?: string
}

export function Popover({ trigger, children, isOpen, onOpenChange, align = 'start', side = 'bottom', label, className }: PopoverProps) {
  return (
    <Radix.Root {...(isOpen !== undefined && { open: isOpen })} {...(onOpenChange && { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className={cx('floating z-50 w-72 max-w-[calc(100vw-1rem)] animate-pop rounded-md bg-overlay p-3 outline-none', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
