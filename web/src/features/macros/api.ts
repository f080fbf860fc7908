import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { http } from '@/api/client'
import type { Action, Change } from '@/features/actions/api'

export type Visibility = 'personal' | 'team' | 'everyone'

interface Shared {
  visibility: Visibility
  team_id: string | null
}

interface Kept extends Shared {
  id: string
  uses: number
  last_used_at: string | null
  is_editable: boolean
}

export interface MacroWrite extends Shared {
  name: string
  description: string
  actions: Action[]
  is_active: boolean
}
export type Macro = MacroWrite & Kept

export interface CannedWrite extends Shared {
  title: string
  shortcut: string
  folder: string
  body: string
}
export type Canned = CannedWrite & Kept

export interface Rendered {
  text: string
  unresolved: string[]
}

export const macroQueries = {
  all: ['macros'] as const,
  list: queryOptions({
    queryKey: ['macros', 'list'],
    queryFn: async () => (await http.get<{ macros: Macro[] }>('/admin/macros')).macros,
  }),
  canned: (search = '') =>
    queryOptions({
      queryKey: ['macros', 'canned', search],
      queryFn: () => http.get<{ canned_responses: Canned[]; folders: string[] }>('/admin/canned-responses', { search }),
      placeholderData: keepPreviousData,
    }),
  preview: (body: string) =>
    queryOptions({
      queryKey: ['macros', 'preview', body],
      queryFn: () => http.post<Rendered>('/admin/canned-responses/preview', { body }),
      placeholderData: keepPreviousData,
    }),
}

function useMacroMutation<V, R>(run: (values: V) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: run, onSuccess: () => client.invalidateQueries({ queryKey: macroQueries.all }) })
}

export const useSaveMacro = () =>
  useMacroMutation(({ id, ...body }: MacroWrite & { id?: string | undefined }) =>
    id ? http.put(`/admin/macros/${id}`, body) : http.post('/admin/macros', body),
  )
export const useDeleteMacro = () => useMacroMutation((id: string) => http.delete(`/admin/macros/${id}`))
export const useOrderMacros = () => useMacroMutation((ids: string[]) => http.put('/admin/macros/order', { ids }))
export const useSaveCanned = () =>
  useMacroMutation(({ id, ...body }: CannedWrite & { id?: string | undefined }) =>
    id ? http.put(`/admin/canned-responses/${id}`, body) : http.post('/admin/canned-responses', body),
  )
export const useDeleteCanned = () => useMacroMutation((id: string) => http.delete(`/admin/canned-responses/${id}`))

/** For the composer: a text filled in for a ticket, counted as used. */
export const takeCanned = (id: string, ticketId: string) =>
  http.post<Rendered>(`/admin/canned-responses/${id}/use`, { ticket_id: ticketId })

/** For a ticket's menu: run a macro, or see first what it would do. */
export const runMacro = (id: string, ticketId: string) =>
  http.post<{ message: string; changes: Change[] }>(`/ticket/${ticketId}/macros/${id}`)
export const previewMacro = (id: string, ticketId: string) =>
  http.post<{ message: string; changes: Change[] }>(`/ticket/${ticketId}/macros/${id}/preview`)
