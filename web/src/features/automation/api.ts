import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { http } from '@/api/client'
import type { Action, Change } from '@/features/actions/api'
import type { PageInfo } from '@/ui'

export interface Comparison {
  field: string
  operator: string
  value?: unknown
}

export interface Group {
  match: 'all' | 'any' | 'none'
  conditions: Condition[]
}

export type Condition = Group | Comparison
export const isGroup = (condition: Condition): condition is Group => 'conditions' in condition

export interface ComparisonTruth extends Comparison {
  found: unknown
  truth: boolean
}

export interface GroupTruth {
  match: Group['match']
  truth: boolean
  conditions: (GroupTruth | ComparisonTruth)[]
}

export interface RuleWrite {
  name: string
  description: string
  triggers: string[]
  conditions: Group
  actions: Action[]
  is_active: boolean
  stops_others: boolean
}

export interface Rule extends RuleWrite {
  id: string
  position: number
  version: number
  is_routing: boolean
  ran_last_week: number
  stopped_last_week: number
  failed_last_week: number
  last_ran_at: string | null
}

export type Kind = 'text' | 'choice' | 'rank' | 'set' | 'number' | 'moment' | 'flag'
export type Takes = 'one' | 'many' | 'nothing' | 'number' | 'moment'

export interface FieldSpec {
  key: string
  label: string
  group: string
  kind: Kind
  options: { value: string; label: string }[] | null
}

export interface Vocabulary {
  triggers: { key: string; label: string }[]
  fields: FieldSpec[]
  operators: Record<Kind, { key: string; label: string; takes: Takes }[]>
  actions: { type: string; label: string; description: string; in_rules: boolean }[]
}

export interface DryRunTicket {
  ticket_id: string
  number: number
  subject: string
  at: string | null
  truth: GroupTruth
  changes: Change[]
}

export interface DryRun {
  days: number
  looked_at: number
  matched: number
  changed: number
  mails: number
  tickets: DryRunTicket[]
  misses: DryRunTicket[]
  may_set_off: string[]
}

export type Outcome = 'ran' | 'not_matched' | 'stopped' | 'failed'

export interface Run {
  id: string
  rule_id: string
  rule_name: string
  ticket_id: string
  ticket_number: number
  ticket_subject: string
  trigger: string
  outcome: Outcome
  reason: string | null
  truth: GroupTruth
  changes: Change[]
  depth: number
  created_at: string
}

export const ruleQueries = {
  all: ['rules'] as const,
  list: queryOptions({
    queryKey: ['rules', 'list'],
    queryFn: async () => (await http.get<{ rules: Rule[] }>('/admin/rules')).rules,
  }),
  one: (id: string) =>
    queryOptions({
      queryKey: ['rules', 'one', id],
      queryFn: async () => (await http.get<{ rule: Rule }>(`/admin/rules/${id}`)).rule,
    }),
  vocabulary: queryOptions({
    queryKey: ['rules', 'vocabulary'],
    queryFn: () => http.get<Vocabulary>('/admin/rules/vocabulary'),
    staleTime: 60_000,
  }),
  runs: (id: string, outcome: Outcome | 'all', page: number) =>
    queryOptions({
      queryKey: ['rules', 'runs', id, outcome, page],
      queryFn: () =>
        http.get<{ runs: Run[]; pagination: PageInfo }>(`/admin/rules/${id}/runs`, {
          page,
          page_size: 25,
          outcome: outcome === 'all' ? undefined : outcome,
        }),
      placeholderData: keepPreviousData,
    }),
  ofTicket: (ticketId: string) =>
    queryOptions({
      queryKey: ['rules', 'ticket', ticketId],
      queryFn: async () => (await http.get<{ runs: Run[] }>(`/ticket/${ticketId}/rule-runs`)).runs,
    }),
}

function useRuleMutation<V, R>(run: (values: V) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: run, onSuccess: () => client.invalidateQueries({ queryKey: ruleQueries.all }) })
}

export const useSaveRule = () =>
  useRuleMutation(({ id, version, ...body }: RuleWrite & { id?: string | undefined; version?: number | undefined }) =>
    id
      ? http.put<{ rule: Rule }>(`/admin/rules/${id}`, { ...body, expected_version: version })
      : http.post<{ rule: Rule }>('/admin/rules', body),
  )
export const useSwitchRule = () =>
  useRuleMutation(({ id, is_active }: { id: string; is_active: boolean }) =>
    http.put(`/admin/rules/${id}/active`, { is_active }),
  )
export const useDeleteRule = () => useRuleMutation((id: string) => http.delete(`/admin/rules/${id}`))
export const useOrderRules = () => useRuleMutation((ids: string[]) => http.put('/admin/rules/order', { ids }))
export const useApplyRule = () =>
  useRuleMutation(({ id, ticket_ids }: { id: string; ticket_ids: string[] }) =>
    http.post<{ message: string }>(`/admin/rules/${id}/apply`, { ticket_ids }),
  )

export const useDryRun = () =>
  useMutation({
    mutationFn: (body: { rule: RuleWrite; rule_id?: string | undefined; days: number }) =>
      http.post<DryRun>('/admin/rules/dry-run', body),
  })
