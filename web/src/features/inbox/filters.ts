import { useQuery } from '@tanstack/react-query'

import { http } from '@/api/client'
import { directoryQueries } from '@/features/tickets/agent/queries'
import { useStrings } from '@/ui/locale'

import { strings } from './filter-strings'

/** Filters with a fixed set of values. */
export const FIXED = {
  status: ['open', 'human_assigned', 'closed'],
  priority: ['urgent', 'high', 'medium', 'low'],
  waiting_for: ['agent', 'customer'],
  sla_state: ['running', 'at_risk', 'breached', 'paused', 'met'],
  source: ['web', 'email', 'phone', 'chat', 'api', 'social'],
} as const
export const NAMED = ['assigned_to', 'team', 'tag', 'category', 'context'] as const
export const DATES = ['date_from', 'date_to'] as const
export const NAMES = [...(Object.keys(FIXED) as (keyof typeof FIXED)[]), ...NAMED, ...DATES]

/** Names behind the ids and words of a filter. */
export function useChoices(): Record<(typeof NAMED)[number], { value: string; label: string }[]> {
  const say = useStrings(strings)
  const agents = useQuery(directoryQueries.agents()).data ?? []
  const teams = useQuery(directoryQueries.teams()).data ?? []
  const tags = useQuery(directoryQueries.tags()).data ?? []
  const categories = useQuery(directoryQueries.categories()).data ?? []
  const contexts = useQuery({
    queryKey: ['directory', 'contexts'],
    queryFn: () => http.get<{ contexts: { name: string }[] }>('/contexts'),
    staleTime: 60_000,
  }).data?.contexts
  const byId = (all: { id: string; name: string }[]) => all.map((one) => ({ value: one.id, label: one.name }))
  const none = { value: 'none', label: say.nobody }
  return {
    assigned_to: [{ value: 'me', label: say.me }, none, ...byId(agents)],
    team: [...byId(teams)],
    tag: byId(tags),
    category: byId(categories),
    context: (contexts ?? []).map((one) => ({ value: one.name, label: one.name })),
  }
}
