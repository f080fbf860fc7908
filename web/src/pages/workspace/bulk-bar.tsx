import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, UserRound, X } from 'lucide-react'

import { http } from '@/api/client'
import { useUser } from '@/features/accounts/session'
import { inboxQueries } from '@/features/inbox/agent/queries'
import { strings } from '@/features/inbox/agent/strings'
import type { Selection } from '@/features/inbox/agent/ticket-list'
import { Button, IconButton } from '@/ui/button'
import { useStrings } from '@/ui/locale'
import { useCommands } from '@/ui/shortcuts'
import { toast } from '@/ui/toast'

/** What can be done with all selected tickets at once. */
export function BulkBar({ selection }: { selection: Selection }) {
  const say = useStrings(strings)
  const user = useUser()
  const client = useQueryClient()
  const ids = [...selection.ids]
  const { mutate, isPending } = useMutation({
    mutationFn: async ({ call }: { call: (id: string) => Promise<unknown>; said: (n: number) => string; undo?: (id: string) => Promise<unknown> }) => {
      const results = await Promise.allSettled(ids.map((id) => call(id)))
      return results.filter((result) => result.status === 'rejected').length
    },
    onSuccess: (failed, { said, undo }) => {
      const done = ids.length - failed
      if (failed) toast(say.someFailed(failed), { tone: 'danger' })
      if (done) toast(said(done), { tone: 'success', ...(undo && { onUndo: () => Promise.allSettled(ids.map((id) => undo(id))) }) })
      selection.clear()
    },
    onSettled: () => void client.invalidateQueries({ queryKey: inboxQueries.all }),
  })
  const close = (): void =>
    mutate({ call: (id) => http.post(`/admin/ticket/${id}/close`), said: say.closedMany, undo: (id) => http.post(`/ticket/${id}/reopen`) })
  const take = (): void =>
    mutate({ call: (id) => http.post(`/admin/ticket/${id}/assign-admin`, { admin_email: user.email }), said: say.assignedMany })
  useCommands([
    ids.length > 0 && { id: 'bulk.close', label: `${say.close} (${say.selected(ids.length)})`, keys: 'shift+e', group: say.listGroup, run: close },
    ids.length > 0 && { id: 'bulk.assign', label: `${say.assignToMe} (${say.selected(ids.length)})`, keys: 'shift+i', group: say.listGroup, run: take },
  ])
  if (ids.length === 0) return null
  return (
    <div role="toolbar" aria-label={say.selected(ids.length)} className="floating absolute inset-x-3 bottom-3 z-20 flex animate-pop items-center gap-1 rounded-lg bg-overlay p-1.5">
      <span className="flex-1 px-2 text-sm font-medium tabular-nums">{say.selected(ids.length)}</span>
      <Button size="sm" variant="ghost" icon={<UserRound />} isBusy={isPending} onClick={take}>
        {say.assignToMe}
      </Button>
      <Button size="sm" variant="ghost" icon={<Check />} isBusy={isPending} onClick={close}>
        {say.close}
      </Button>
      <IconButton label={say.clearSelection} icon={<X />} onClick={selection.clear} />
    </div>
  )
}
