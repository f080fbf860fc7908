/** The verbs of a ticket, each at once on screen, taken back when the server refuses, and undone by a click. */
import { useMutation, useQueryClient } from '@tanstack/react-query'

import { http } from '@/api/client'
import { useUser } from '@/features/accounts/session'
import type { Priority } from '@/ui/badge'
import { useFormat, useStrings } from '@/ui/locale'
import { toast, toastError } from '@/ui/toast'

import { agentTicketQueries, type Agent, type AgentThread, type AgentTicket, type Named } from './queries'
import { strings } from './strings'

interface Change {
  call: () => Promise<unknown>
  /** How the ticket looks meanwhile. */
  patch: Partial<AgentTicket>
  said?: string
  undo?: () => void
}

/** Actions on one ticket. Lists follow by the live update. */
export function useTicketActions(ticket: AgentTicket) {
  const client = useQueryClient()
  const say = useStrings(strings)
  const format = useFormat()
  const user = useUser()
  const key = agentTicketQueries.thread(ticket.id).queryKey

  const show = (patch: Partial<AgentTicket>): void => {
    client.setQueryData(key, (old: AgentThread | undefined) => old && { ...old, ticket: { ...old.ticket, ...patch } })
  }
  const { mutate } = useMutation({
    mutationFn: ({ call }: Change) => call(),
    onMutate: async ({ patch }) => {
      await client.cancelQueries({ queryKey: key })
      const before = client.getQueryData<AgentThread>(key)
      show(patch)
      return { before }
    },
    onError: (error, _change, context) => {
      if (context?.before) client.setQueryData(key, context.before)
      toastError(error, say.notSaved)
    },
    onSuccess: (_answer, { said, undo }) => {
      if (said) toast(said, { tone: 'success', ...(undo && { onUndo: undo }) })
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: key })
      void client.invalidateQueries({ queryKey: ['inbox'] })
    },
  })

  const id = ticket.id
  const actions = {
    assign: (agent: Agent) => {
      const patch = { assigned_to: agent.email, assigned_name: agent.name, assignee_id: agent.id, status: 'human_assigned' as const }
      const call = () => http.post(`/admin/ticket/${id}/assign-admin`, { admin_email: agent.email })
      mutate({ call, patch, said: say.assigned(agent.name) })
    },
    assignToMe: () => actions.assign({ ...user, role: 'agent', team_ids: [] }),
    unassign: () => {
      const patch = { assigned_to: null, assigned_name: null, assignee_id: null }
      mutate({ call: () => http.post(`/admin/ticket/${id}/unassign`), patch, said: say.unassigned })
    },
    giveToAi: () => {
      const patch = { assigned_to: null, assigned_name: null, assignee_id: null, status: 'open' as const, escalated_at: null }
      mutate({ call: () => http.post(`/admin/ticket/${id}/give-to-ai`), patch, said: say.givenToAi })
    },
    close: () => {
      mutate({
        call: () => http.post(`/admin/ticket/${id}/close`),
        patch: { status: 'closed' },
        said: say.closed,
        undo: () => actions.reopen(),
      })
    },
    reopen: () => {
      const status = ticket.assigned_to || ticket.escalated_at ? ('human_assigned' as const) : ('open' as const)
      mutate({ call: () => http.post(`/ticket/${id}/reopen`), patch: { status }, said: say.reopened })
    },
    setPriority: (priority: Priority) => {
      const before = ticket.priority
      if (before === priority) return
      const call = () => http.post(`/ticket/${id}/priority`, { priority })
      mutate({ call, patch: { priority }, said: say.prioritySet(say[priority]), undo: () => actions.setPriority(before) })
    },
    setTeam: (team: Named | null) => {
      const call = () => http.patch(`/ticket/${id}`, { team_id: team?.id ?? null })
      mutate({ call, patch: { team_id: team?.id ?? null, team: team?.name ?? null } })
    },
    setCategory: (category: Named | null) => {
      const call = () => http.put(`/ticket/${id}/category`, { category: category?.name ?? null })
      mutate({ call, patch: { category: category?.name ?? null, category_id: category?.id ?? null } })
    },
    addTag: (tag: Named) => {
      const tags = [...(ticket.tags ?? []), { ...tag }]
      mutate({ call: () => http.post(`/ticket/${id}/tags`, { tag_ids: [tag.id] }), patch: { tags } })
    },
    removeTag: (tagId: string) => {
      const tags = (ticket.tags ?? []).filter((tag) => tag.id !== tagId)
      mutate({ call: () => http.delete(`/ticket/${id}/tags/${tagId}`), patch: { tags } })
    },
    snooze: (until: Date) => {
      const call = () => http.post(`/ticket/${id}/snooze`, { until: until.toISOString() })
      const said = say.snoozedUntil(format.exact(until))
      mutate({ call, patch: { snoozed_until: until.toISOString() }, said, undo: () => actions.wake() })
    },
    wake: () => mutate({ call: () => http.post(`/ticket/${id}/unsnooze`), patch: { snoozed_until: null }, said: say.woken }),
    copyLink: () => copy(`${window.location.origin}/app/tickets/${id}`, say.copied),
    copyNumber: () => copy(`#${ticket.number}`, say.copied),
  }
  return actions
}

export type Action = { type: string } & Record<string, unknown>

/** Runs actions of the one vocabulary on tickets; throws what the first refusal says. */
export async function runActions(ticketIds: string[], actions: Action[]): Promise<{ changed_count: number; failed_count: number; message: string }> {
  const answer = await http.post<{ success: boolean; message: string; changed_count: number; failed_count: number }>(
    '/admin/actions/run',
    { ticket_ids: ticketIds, actions },
  )
  if (!answer.success && answer.changed_count === 0) throw new Error(answer.message)
  return answer
}

export type TicketActions = ReturnType<typeof useTicketActions>

function copy(text: string, said: string): void {
  navigator.clipboard.writeText(text).then(
    () => toast(said, { tone: 'success' }),
    (error: unknown) => toastError(error),
  )
}

/** The times a ticket is usually put aside until. */
export function snoozeTimes(now = new Date()): { key: 'laterToday' | 'tomorrow' | 'nextWeek' | 'inOneWeek'; at: Date }[] {
  const at = (days: number, hour: number): Date => {
    const date = new Date(now)
    date.setDate(date.getDate() + days)
    date.setHours(hour, 0, 0, 0)
    return date
  }
  const later = new Date(now.getTime() + 3 * 3600_000)
  const toMonday = (8 - now.getDay()) % 7 || 7
  return [
    { key: 'laterToday', at: later },
    { key: 'tomorrow', at: at(1, 9) },
    { key: 'nextWeek', at: at(toMonday, 9) },
    { key: 'inOneWeek', at: at(7, 9) },
  ]
}
