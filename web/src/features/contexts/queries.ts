import { queryOptions } from '@tanstack/react-query'

import { api, data } from '@/api/client'
import type { components } from '@/api/schema'

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
}
