import { useQuery } from '@tanstack/react-query'

import { http } from '@/api/client'
import { fieldQueries, type CustomField, type Label } from '@/features/fields/api'
import { teamQueries, type Agent, type Team } from '@/features/teams/api'

export interface Placeholder {
  name: string
  description: string
  sample: string
}

export interface Directory {
  agents: Agent[]
  teams: Team[]
  tags: Label[]
  categories: Label[]
  contexts: string[]
  fields: CustomField[]
  placeholders: Placeholder[]
}

/** Everything actions may name: people, teams, tags, categories, own fields, placeholders. */
export function useDirectory(): Directory {
  const agents = useQuery(teamQueries.agents)
  const teams = useQuery(teamQueries.list)
  const tags = useQuery(fieldQueries.labels('tags'))
  const categories = useQuery(fieldQueries.labels('categories'))
  const contexts = useQuery({
    queryKey: ['actions', 'contexts'],
    queryFn: async () => (await http.get<{ contexts: { name: string }[] }>('/contexts')).contexts.map(({ name }) => name),
    staleTime: 60_000,
  })
  const fields = useQuery(fieldQueries.customFields)
  const placeholders = useQuery({
    queryKey: ['actions', 'placeholders'],
    queryFn: async () => (await http.get<{ placeholders: Placeholder[] }>('/admin/placeholders')).placeholders,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return {
    agents: agents.data ?? [],
    teams: teams.data ?? [],
    tags: tags.data ?? [],
    categories: categories.data ?? [],
    contexts: contexts.data ?? [],
    fields: (fields.data ?? []).filter((field) => field.subject === 'ticket' && !field.archived_at),
    placeholders: placeholders.data ?? [],
  }
}
