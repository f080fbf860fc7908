import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

import { useUser } from '@/features/accounts/session'
import { inboxQueries, type ListedTicket } from '@/features/inbox/agent/queries'
import type { Quick } from '@/features/inbox/agent/row'
import { runActions, type Action } from '@/features/tickets/agent/actions'
import { agentTicketQueries } from '@/features/tickets/agent/queries'
import { toast, toastError } from '@/ui/toast'

/** What a row of the list does without being opened, each undone by a click. */
export function useQuickActions(): (ticket: ListedTicket, action: Quick) => void {
  const client = useQueryClient()
  const { id: own } = useUser()
  const { mutate } = useMutation({
    mutationFn: ({ id, action }: { id: string; action: Action; undo: Action }) => runActions([id], [action]),
    onSuccess: ({ message }, { id, undo }) => {
      const onUndo = (): void => void runActions([id], [undo]).then(refresh, (error: unknown) => toastError(error))
      toast(message, { tone: 'success', onUndo })
    },
    onError: (error) => toastError(error),
    onSettled: () => refresh(),
  })
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: inboxQueries.all })
    void client.invalidateQueries({ queryKey: agentTicketQueries.all })
  }
  return useCallback(
    (ticket, action) => {
      const before = { type: 'assign', agent_id: ticket.assignee_id ?? null }
      const does = {
        take: { action: { type: 'assign', agent_id: own }, undo: before },
        close: { action: { type: 'close' }, undo: { type: 'reopen' } },
        reopen: { action: { type: 'reopen' }, undo: { type: 'close' } },
      }
      mutate({ id: ticket.id, ...does[action] })
    },
    [mutate, own],
  )
}
