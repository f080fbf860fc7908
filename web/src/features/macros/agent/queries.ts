import { queryOptions } from '@tanstack/react-query'

import { http } from '@/api/client'

export interface Canned {
  id: string
  title: string
  shortcut: string
  folder: string
  body: string
}
export interface Macro {
  id: string
  name: string
  description: string
  is_active: boolean
  is_runnable: boolean
}

export const cannedQuery = () =>
  queryOptions({
    queryKey: ['macros', 'canned'],
    queryFn: () => http.get<{ canned_responses: Canned[] }>('/admin/canned-responses'),
    select: (answer: { canned_responses: Canned[] }) => answer.canned_responses,
    staleTime: 60_000,
  })

export const macrosQuery = () =>
  queryOptions({
    queryKey: ['macros', 'list'],
    queryFn: () => http.get<{ macros: Macro[] }>('/admin/macros'),
    select: (answer: { macros: Macro[] }) => answer.macros.filter((macro) => macro.is_active && macro.is_runnable),
    staleTime: 60_000,
  })

interface Placeholder {
  name: string
  description: string
}

/** Every placeholder with its value on a ticket; empty where it has none. */
export const placeholdersQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['macros', 'placeholders', ticketId],
    queryFn: async () => {
      const { placeholders } = await http.get<{ placeholders: Placeholder[] }>('/admin/placeholders')
      const body = placeholders.map(({ name }) => `{{${name}}}`).join('\u2028')
      const { text } = await http.post<{ text: string }>('/admin/canned-responses/preview', { body, ticket_id: ticketId })
      const values = text.split('\u2028')
      return placeholders.map((one, index) => ({ ...one, value: (values[index] ?? '').replace(/^\{\{.*\}\}$/, '') }))
    },
    staleTime: 30_000,
  })
