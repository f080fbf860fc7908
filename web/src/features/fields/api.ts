import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { http } from '@/api/client'

/** A tag or a category. */
export interface Label {
  id: string
  name: string
  color: string
  description: string
  created_at: string
}

export type LabelKind = 'tags' | 'categories'
export type LabelWrite = Pick<Label, 'name' | 'color' | 'description'>

export const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'date',
  'datetime',
  'select',
  'multiselect',
  'checkbox',
  'url',
  'email',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

export interface FieldOption {
  value: string
  label: string
}

export interface FieldRule {
  key: string
  operator: 'is' | 'is_not' | 'is_any_of' | 'includes' | 'is_set' | 'is_not_set'
  value?: unknown
}

export interface CustomFieldWrite {
  subject: 'ticket' | 'customer' | 'company'
  key: string
  label: string
  help: string
  kind: FieldType
  options: FieldOption[]
  limits: Record<string, string | number | boolean | null>
  required: 'never' | 'on_creation' | 'on_closing'
  shown_when: FieldRule | null
  context_ids: string[]
  customer_access: 'hidden' | 'read' | 'write'
}

export interface CustomField extends CustomFieldWrite {
  id: string
  position: number
  archived_at: string | null
}

export const fieldQueries = {
  labels: (kind: LabelKind) =>
    queryOptions({
      queryKey: ['fields', kind],
      queryFn: async () => {
        const found = await http.get<Partial<Record<LabelKind, Label[]>>>(`/admin/${kind}`)
        return found[kind] ?? []
      },
    }),
  usage: queryOptions({
    queryKey: ['fields', 'usage'],
    queryFn: () => http.get<Record<LabelKind, Record<string, number>>>('/admin/label-usage'),
  }),
  customFields: queryOptions({
    queryKey: ['fields', 'custom'],
    queryFn: async () => (await http.get<{ fields: CustomField[] }>('/admin/custom-fields', { archived: true })).fields,
  }),
}

function useFieldMutation<V>(run: (values: V) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: run, onSuccess: () => client.invalidateQueries({ queryKey: ['fields'] }) })
}

export const useSaveLabel = (kind: LabelKind) =>
  useFieldMutation(({ id, ...body }: LabelWrite & { id?: string | undefined }) =>
    id ? http.put(`/admin/${kind}/${id}`, body) : http.post(`/admin/${kind}`, body),
  )
export const useDeleteLabel = (kind: LabelKind) => useFieldMutation((id: string) => http.delete(`/admin/${kind}/${id}`))
export const useMergeTag = () =>
  useFieldMutation(({ id, into }: { id: string; into: string }) => http.post(`/admin/tags/${id}/merge`, { into }))

export const useSaveField = () =>
  useFieldMutation(({ id, ...body }: CustomFieldWrite & { id?: string | undefined }) =>
    id ? http.put(`/admin/custom-fields/${id}`, body) : http.post('/admin/custom-fields', body),
  )
export const useArchiveField = () =>
  useFieldMutation(({ id, isArchived }: { id: string; isArchived: boolean }) =>
    http.post(`/admin/custom-fields/${id}/${isArchived ? 'archive' : 'restore'}`),
  )
export const useOrderFields = () => useFieldMutation((ids: string[]) => http.put('/admin/custom-fields', { ids }))
