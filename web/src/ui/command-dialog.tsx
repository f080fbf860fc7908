import { Command } from 'cmdk'
import { Dialog } from 'radix-ui'
import type { ComponentProps, KeyboardEvent, ReactNode } from 'react'

import { cx } from './class-names'
import { CommandList } from './command-list'

interface CommandDialogProps extends Pick<ComponentProps<typeof Command>, 'filter'> {
  /** What the dialog is for; read out, and shown only as the field's placeholder. */
  label: string
  /** A line above the field, such as the ticket in question. */
  heading?: ReactNode
  words: string
  onWords: (words: string) => void
  placeholder?: string
  /** In front of the field. */
  lead?: ReactNode
  onKeyDown?: (event: KeyboardEvent) => void
  /** Said when nothing matches. */
  empty: ReactNode
  size?: 'md' | 'xl'
  onClose: () => void
  children: ReactNode
}

/** Something found or chosen by typing, over whatever is on screen. */
export function CommandDialog(props: CommandDialogProps) {
  const { label, heading, words, onWords, lead, empty, size = 'md', onClose, children } = props
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-in bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className={cx(
            'floating fixed top-[14vh] left-1/2 z-40 w-[calc(100vw-2rem)] -translate-x-1/2 animate-rise overflow-hidden rounded-lg bg-overlay outline-none',
            size === 'xl' ? 'max-w-xl' : 'max-w-md',
          )}
        >
          <Dialog.Title className={heading ? 'truncate px-4 pt-3 text-xs text-muted' : 'sr-only'}>{heading ?? label}</Dialog.Title>
          <Command label={label} loop filter={props.filter}>
            <div className="flex items-center gap-3 border-b border-line px-4 text-faint [&_svg]:size-4">
              {lead}
              <Command.Input
                autoFocus
                value={words}
                onValueChange={onWords}
                onKeyDown={props.onKeyDown}
                placeholder={props.placeholder ?? label}
                className={cx('min-w-0 flex-1 bg-transparent text-md text-ink outline-none', size === 'xl' ? 'h-12' : 'h-10')}
              />
            </div>
            <CommandList className="max-h-[min(50vh,24rem)] overflow-y-auto p-1.5" empty={empty}>
              {children}
            </CommandList>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** One line of a command dialog. */
export function CommandRow({ children, ...item }: ComponentProps<typeof Command.Item>) {
  return (
    <Command.Item
      {...item}
      className="flex h-9 items-center gap-2.5 rounded-sm px-2.5 text-sm data-[selected=true]:bg-press [&_svg]:size-4 [&_svg]:shrink-0"
    >
      {children}
    </Command.Item>
  )
}
