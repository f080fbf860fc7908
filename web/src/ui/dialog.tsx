import { lazy, Suspense, useState, type ReactNode } from 'react'

import { Button, type ButtonVariant } from './button'
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

const Panel = lazy(() => import('./dialog-panel'))

/** A question or a small form above the page. */
export function Dialog(props: DialogProps) {
  return <WhenOpened isOpen={props.isOpen}><Panel {...props} kind="dialog" /></WhenOpened>
}

export interface SheetProps extends Omit<DialogProps, 'size'> {
  side?: 'right' | 'left'
  width?: 'md' | 'lg'
  /** No padding: the content is a pane with its own. */
  isFlush?: boolean
}

/** A panel from the side, for a task beside the page. */
export function Sheet(props: SheetProps) {
  return <WhenOpened isOpen={props.isOpen}><Panel {...props} kind="sheet" /></WhenOpened>
}

/** Nothing is loaded for a dialog that never opens; one that was open stays, to give the focus back. */
function WhenOpened({ isOpen, children }: { isOpen: boolean; children: ReactNode }) {
  const [wasOpened, setOpened] = useState(isOpen)
  if (isOpen && !wasOpened) setOpened(true)
  return wasOpened && <Suspense>{children}</Suspense>
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
          <Button data-autofocus onClick={() => onOpenChange(false)}>
            {say.cancel}
          </Button>
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
