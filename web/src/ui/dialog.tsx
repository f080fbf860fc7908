import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'

import { Button, type ButtonVariant } from './button'
import { cx } from './class-names'
import { FormError } from './field'
import { useStrings } from './locale'
import { strings } from './strings'

export interface DialogProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** Buttons, right-aligned; the main one last. */
  footer?: ReactNode
  size?: 'sm' | 'md' | 'lg' | 'xl'
}

const WIDTH = { sm: 'max-w-sm', md: 'max-w-lg', lg: 'max-w-2xl', xl: 'max-w-4xl' }
const scrim = 'fixed inset-0 z-40 animate-in bg-scrim'

export function Dialog({ isOpen, onOpenChange, title, description, children, footer, size = 'md' }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          {...(!description && { 'aria-describedby': undefined })}
          className={cx(
            'floating fixed top-[12vh] left-1/2 z-40 flex max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 animate-rise flex-col rounded-lg bg-overlay outline-none',
            WIDTH[size],
          )}
        >
          <Head title={title} description={description} />
          {children && <div className="min-h-0 overflow-y-auto px-5 pb-5">{children}</div>}
          {footer && <div className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export interface SheetProps extends Omit<DialogProps, 'size'> {
  side?: 'right' | 'left'
  width?: 'md' | 'lg'
}

/** A panel from the side, for a task beside the page. */
export function Sheet({ isOpen, onOpenChange, title, description, children, footer, side = 'right', width = 'md' }: SheetProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          {...(!description && { 'aria-describedby': undefined })}
          className={cx(
            'floating fixed inset-y-0 z-40 flex w-full animate-slide flex-col bg-overlay outline-none',
            side === 'right' ? 'right-0' : 'left-0',
            width === 'md' ? 'max-w-md' : 'max-w-2xl',
          )}
        >
          <Head title={title} description={description} />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer && <div className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Head({ title, description }: { title: ReactNode; description: ReactNode }) {
  const say = useStrings(strings)
  return (
    <div className="flex items-start gap-4 px-5 pt-4 pb-4">
      <div className="min-w-0 flex-1">
        <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
        {description && <Radix.Description className="mt-1 text-sm text-muted">{description}</Radix.Description>}
      </div>
      <Radix.Close
        aria-label={say.close}
        className="-mr-1.5 grid size-7 shrink-0 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink"
      >
        <X className="size-4" />
      </Radix.Close>
    </div>
  )
}

export interface ConfirmDialogProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  /** What will happen, and whether it can be undone. */
  description: ReactNode
  /** The verb: "Delete 3 tickets". */
  confirmLabel: string
  onConfirm: () => unknown
  variant?: ButtonVariant
}

/** Asks before something that cannot be undone; stays open with the reason when it fails. */
export function ConfirmDialog({
  isOpen,
  onOpenChange,
  title,
  description,
  confirmLabel,
  onConfirm,
  variant = 'danger',
}: ConfirmDialogProps) {
  const say = useStrings(strings)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const confirm = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await onConfirm()
      onOpenChange(false)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      size="sm"
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{say.cancel}</Button>
          <Button variant={variant} isBusy={isBusy} onClick={() => void confirm()}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {error ? <FormError error={error} /> : null}
    </Dialog>
  )
}
