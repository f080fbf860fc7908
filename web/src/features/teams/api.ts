import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { http } from '@/api/client'

export type Assignment = 'team_only' | 'round_robin' | 'load'

export interface MemberWrite {
  user_id: string
  is_lead: boolean
  takes_tickets: boolean
  capacity: number | null
}

export interface Member extends MemberWrite {
  name: string
  email: string
  is_active: boolean
}

export interface Team {
  id: string
  name: string
  description: string
  color: string | null
  is_restricted: boolean
  assignment: Assignment
  members: Member[]
}

export interface TeamWrite extends Pick<Team, 'name' | 'description' | 'color' | 'is_restricted' | 'assignment'> {
  members?: MemberWrite[]
}

export interface Agent {
  id: string
  name: string
  email: string
  role: 'agent' | 'admin'
  team_ids: string[]
}

export const teamQueries = {
  all: ['teams'] as const,
  list: queryOptions({
    queryKey: ['teams', 'list'],
    queryFn: async () => (await http.get<{ teams: Team[] }>('/admin/teams')).teams,
  }),
  agents: queryOptions({
    queryKey: ['teams', 'agents'],
    queryFn: async () => (await http.get<{ agents: Agent[] }>('/agents')).agents,
  }),
  workload: queryOptions({
    queryKey: ['teams', 'workload'],
    queryFn: async () => (await http.get<{ open_tickets: Record<string, number> }>('/admin/workload')).open_tickets,
  }),
}

function useTeamMutation<V>(run: (values: V) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: run, onSuccess: () => client.invalidateQueries({ queryKey: teamQueries.all }) })
}

export const useSaveTeam = () =>
  useTeamMutation(({ id, ...body }: TeamWrite & { id?: string | undefined }) =>
    id ? http.put(`/admin/teams/${id}`, body) : http.post('/admin/teams', body),
  )
export const useDeleteTeam = () => useTeamMutation((id: string) => http.delete(`/admin/teams/${id}`))
