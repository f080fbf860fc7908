import { Popover as Radix } from 'radix-ui'

import { cx } from './class-names'
import type { PopoverProps } from './popover'

/** What a `Popover` opens; a file of its own, because placing it weighs as much as a page. */
export default function PopoverPanel({
  trigger,
  children,
  isOpen,
  onOpenChange,
  align = 'start',
  side = 'bottom',
  label,
  className,
  isFirstOpen,
}: PopoverProps & { isFirstOpen: boolean }) {
  return (
    <Radix.Root defaultOpen={isFirstOpen} {...(isOpen !== undefined && { open: isOpen })} {...(onOpenChange && { onOpenChange })}>
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
