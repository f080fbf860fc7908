/** The verbs of a ticket, each at once on screen, taken back when the server refuses, and undone by a click. */
import { useMutation, useQueryClient } from '@tanstack/react-query'

import { ApiError, http } from '@/api/client'
import { useUser } from '@/features/accounts/session'
import type { Priority } from '@/ui/badge'
import { useFormat, useStrings } from '@/ui/locale'
import { toast, toastError } from '@/ui/toast'

import { agentTicketQueries, type Agent, type AgentThread, type AgentTicket, type Named } from './queries'
import { strings } from './strings'

type Field = 'assignee_id' | 'team_id' | 'category_id' | 'priority'

interface Change {
  call: () => Promise<unknown>
  /** The field that is edited, and the same edit where somebody else changed it meanwhile and one wants it all the same. */
  edits?: { field: Field; force: () => void }
  /** How the ticket looks meanwhile. */
  patch: Partial<AgentTicket>
  said?: string
  undo?: () => void
}

type Edit = Pick<Change, 'patch' | 'said' | 'undo'>

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
  const isNow = (): AgentTicket => client.getQueryData<AgentThread>(key)?.ticket ?? ticket
  const words = (field: Field, of: AgentTicket): string =>
    ({
      assignee_id: of.assigned_name ?? say.nobody,
      team_id: of.team ?? say.noTeam,
      category_id: of.category ?? say.noCategory,
      priority: say[of.priority],
    })[field]
  /** Somebody else was first: says who, shows what it is now, and lets one decide. */
  const explain = async (error: ApiError, { field, force }: NonNullable<Change['edits']>): Promise<void> => {
    const [conflict] = (error.body.conflicts ?? []) as { who: string | null }[]
    const fresh = await client.fetchQuery({ ...agentTicketQueries.thread(ticket.id), staleTime: 0 })
    toast(say.changedMeanwhile(conflict?.who ?? say.somebody, say.fieldNames[field]), {
      tone: 'info',
      description: say.nothingOverwritten(words(field, fresh.ticket)),
      action: { label: say.changeAnyway, run: force },
      duration: 20_000,
    })
  }
  const { mutate } = useMutation({
    mutationFn: ({ call }: Change) => call(),
    onMutate: async ({ patch }) => {
      await client.cancelQueries({ queryKey: key })
      const before = client.getQueryData<AgentThread>(key)
      show(patch)
      return { before }
    },
    onError: (error, { edits }, context) => {
      if (context?.before) client.setQueryData(key, context.before)
      if (edits && error instanceof ApiError && error.code === 'version_conflict') {
        void explain(error, edits).catch((problem: unknown) => toastError(problem))
      } else toastError(error, say.notSaved)
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
  /** Changes a field as it was seen; what somebody else changed meanwhile is not overwritten. */
  const edit = (field: Field, value: string | null, change: (seen: AgentTicket) => Edit, isForced = false): void => {
    const seen = isNow()
    const check = { expected_version: seen.version, seen: { [field]: seen[field] ?? null } }
    mutate({
      ...change(seen),
      call: () => http.patch(`/ticket/${id}`, { [field]: value, ...(!isForced && check) }),
      edits: { field, force: () => edit(field, value, change, true) },
    })
  }
  const actions = {
    assign: (agent: Agent) => {
      const patch = { assigned_to: agent.email, assigned_name: agent.name, assignee_id: agent.id, status: 'human_assigned' as const }
      edit('assignee_id', agent.id, () => ({ patch, said: say.assigned(agent.name) }))
    },
    assignToMe: () => actions.assign({ ...user, role: 'agent', team_ids: [] }),
    unassign: () => {
      const patch = { assigned_to: null, assigned_name: null, assignee_id: null }
      edit('assignee_id', null, () => ({ patch, said: say.unassigned }))
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
      if (isNow().priority === priority) return
      const said = say.prioritySet(say[priority])
      edit('priority', priority, (seen) => ({ patch: { priority }, said, undo: () => actions.setPriority(seen.priority) }))
    },
    setTeam: (team: Named | null) => {
      edit('team_id', team?.id ?? null, () => ({ patch: { team_id: team?.id ?? null, team: team?.name ?? null } }))
    },
    setCategory: (category: Named | null) => {
      const patch = { category: category?.name ?? null, category_id: category?.id ?? null }
      edit('category_id', patch.category_id, () => ({ patch }))
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
