import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'

import { http } from '@/api/client'
import { sessionQuery, useUser, type User } from '@/features/accounts/session'
import { Button, IconButton } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { useStrings } from '@/ui/locale'
import { useCommandList, type Command } from '@/ui/shortcuts'
import { toast, toastError } from '@/ui/toast'

import { groups } from './command-palette'
import { KeyRecorder } from './key-recorder'
import { strings } from './strings'

/** The keys that work on this page; each can be changed where it stands, and is kept with the person. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const say = useStrings(strings)
  const own = useUser().shortcuts ?? {}
  const commands = useCommandList()
  const shown = commands.filter((command) => command.keys || command.usualKeys)
  const save = useSaveKeys()
  const set = (command: Command, keys: string): void => {
    const other = commands.find((each) => each.keys === keys && each.id !== command.id)
    if (keys && other) toast(say.keysTaken(other.label), { tone: 'danger' })
    else save({ ...own, [command.id]: keys })
  }
  const reset = (command: Command): void => {
    const { [command.id]: _, ...rest } = own
    save(rest)
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={say.shortcuts}
      description={say.shortcutsHint}
      size="lg"
      footer={Object.keys(own).length > 0 && <Button onClick={() => save({})}>{say.usualKeys}</Button>}
    >
      <div className="gap-8 sm:columns-2">
        {[...groups(shown)].map(([group, items]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-faint">{group}</h3>
            <dl>
              {items.map((command) => (
                <div key={command.id} className="group -mx-1.5 flex h-8 items-center gap-2 rounded-sm px-1.5 text-sm hover:bg-hover">
                  <dt className="min-w-0 flex-1 truncate" title={command.label}>
                    {command.label}
                  </dt>
                  <dd className="flex items-center gap-1">
                    {command.usualKeys !== undefined && (
                      <IconButton size="sm" label={say.resetKeys(command.label)} icon={<RotateCcw />} onClick={() => reset(command)} />
                    )}
                    <KeyRecorder label={command.label} keys={command.keys ?? ''} onChange={(keys) => set(command, keys)} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function useSaveKeys(): (shortcuts: Record<string, string>) => void {
  const client = useQueryClient()
  const say = useStrings(strings)
  const { mutate } = useMutation({
    mutationFn: (shortcuts: Record<string, string>) => http.put<User>('/auth/me/shortcuts', { shortcuts }),
    onMutate: (shortcuts) => {
      const before = client.getQueryData(sessionQuery.queryKey)
      client.setQueryData(sessionQuery.queryKey, (user) => user && { ...user, shortcuts })
      return before
    },
    onError: (error, _shortcuts, before) => {
      client.setQueryData(sessionQuery.queryKey, before)
      toastError(error, say.keysNotSaved)
    },
  })
  return mutate
}
