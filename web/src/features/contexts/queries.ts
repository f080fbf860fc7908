import { queryOptions } from '@tanstack/react-query'

import { api, data } from '@/api/client'
import type { components } from '@/api/schema'
import { upload } from '@/api/upload'

export type Context = components['schemas']['ContextRead']
export type ContextWrite = components['schemas']['ContextWrite']

export const contextQueries = {
  all: ['contexts'] as const,
  list: () =>
    queryOptions({
      queryKey: [...contextQueries.all, 'list'],
      queryFn: () => data(api.GET('/admin/contexts')),
      select: (answer: { contexts: Context[] }) => answer.contexts,
      staleTime: 60_000,
    }),
  senders: () =>
    queryOptions({
      queryKey: [...contextQueries.all, 'senders'],
      queryFn: () => data(api.GET('/email/senders')),
    }),
  calendars: () =>
    queryOptions({
      queryKey: [...contextQueries.all, 'calendars'],
      queryFn: () => data(api.GET('/admin/sla-calendars')),
    }),
}

const at = (id: string) => ({ params: { path: { context_id: id } } })

export const saveContext = (id: string | undefined, body: ContextWrite) =>
  id ? data(api.PUT('/admin/contexts/{context_id}', { ...at(id), body })) : data(api.POST('/admin/contexts', { body }))
export const uploadLogo = (id: string, file: File) =>
  upload<Context>(`/admin/contexts/${id}/logo`, file, { method: 'PUT' })
export const removeLogo = (id: string) => data(api.DELETE('/admin/contexts/{context_id}/logo', at(id)))
