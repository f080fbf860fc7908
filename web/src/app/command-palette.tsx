import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'

import { CommandList } from '@/ui/command-list'
import { Kbd } from '@/ui/kbd'
import { useStrings } from '@/ui/locale'
import { useCommandList, type Command as Entry } from '@/ui/shortcuts'

import { strings } from './strings'

/** Everything that can be done here and now, found by typing. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const say = useStrings(strings)
  const commands = useCommandList().filter((command) => command.id !== 'app.palette')
  const run = (command: Entry): void => {
    onClose()
    // After the dialog has given the focus back, so that the command may move it.
    requestAnimationFrame(command.run)
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-in bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="floating fixed top-[14vh] left-1/2 z-40 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 animate-rise overflow-hidden rounded-lg bg-overlay outline-none"
        >
          <Dialog.Title className="sr-only">{say.openPalette}</Dialog.Title>
          <Command label={say.openPalette} loop>
            <div className="flex items-center gap-3 border-b border-line px-4">
              <Search className="size-4 text-faint" aria-hidden />
              <Command.Input
                autoFocus
                placeholder={say.palette}
                className="h-12 min-w-0 flex-1 bg-transparent text-md outline-none"
              />
            </div>
            <CommandList className="max-h-[min(50vh,24rem)] overflow-y-auto p-1.5" empty={say.nothingToRun}>
              {[...groups(commands)].map(([group, items]) => (
                <Command.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
                >
                  {items.map((command) => (
                    <Command.Item
                      key={command.id}
                      value={command.id}
                      keywords={[command.label, group, command.keywords ?? '']}
                      onSelect={() => run(command)}
                      className="flex h-9 items-center gap-3 rounded-sm px-2.5 text-sm data-[selected=true]:bg-press"
                    >
                      <span className="flex-1 truncate">{command.label}</span>
                      {command.keys && <Kbd keys={command.keys} />}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </CommandList>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

export function groups(commands: Entry[]): Map<string, Entry[]> {
  return Map.groupBy(commands, (command) => command.group ?? '')
}
