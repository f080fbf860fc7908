import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

import { cx } from './class-names'
import type { DialogProps, SheetProps } from './dialog'
import { useStrings } from './locale'
import { strings } from './strings'

const WIDTH = { sm: 'max-w-sm', md: 'max-w-lg', lg: 'max-w-2xl', xl: 'max-w-4xl' }

export type DialogPanelProps = (DialogProps & { kind: 'dialog' }) | (SheetProps & { kind: 'sheet' })

/** What a `Dialog` or a `Sheet` shows; a file of its own, so that pages load it when the first one opens. */
export default function DialogPanel(props: DialogPanelProps) {
  const { isOpen, onOpenChange, title, description, children, footer } = props
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-in bg-scrim" />
        <Radix.Content
          {...(!description && { 'aria-describedby': undefined })}
          className={looksOf(props)}
          onOpenAutoFocus={focusFirst}
        >
          <Head title={title} description={description} />
          {children && <div className={cx('min-h-0 flex-auto overflow-y-auto', !('isFlush' in props && props.isFlush) && 'px-5 pb-5')}>{children}</div>}
          {footer && <div className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

const FIELD = '[data-autofocus], input:not(:disabled, [type=checkbox], [type=radio], [type=file], [type=hidden]), textarea:not(:disabled)'

/** Where one would go on: the first field; the panel itself when there is none, or a keyboard would cover it. */
function focusFirst(event: Event): void {
  event.preventDefault()
  const panel = event.currentTarget as HTMLElement
  const field = window.matchMedia('(pointer: fine)').matches ? panel.querySelector<HTMLElement>(FIELD) : null
  ;(field ?? panel).focus()
}

function looksOf(props: DialogPanelProps): string {
  const shared = 'floating fixed z-40 flex flex-col bg-overlay outline-none'
  if (props.kind === 'sheet') {
    const { side = 'right', width = 'md' } = props
    return cx(
      shared,
      'inset-y-0 w-full animate-slide',
      side === 'right' ? 'right-0' : 'left-0',
      width === 'md' ? 'max-w-md' : 'max-w-2xl',
    )
  }
  return cx(
    shared,
    'top-[12vh] left-1/2 max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 animate-rise rounded-lg',
    WIDTH[props.size ?? 'md'],
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
