import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { http } from '@/api/client'
import type { PageInfo } from '@/ui'

import type { Role } from './session'

export interface Person {
  id: string
  email: string
  name: string
  role: Role
  role_id: string | null
  role_name: string | null
  team_ids: string[]
  company_id: string | null
  company: string | null
  custom_fields: Record<string, unknown>
  is_active: boolean
  is_invited: boolean
  has_totp: boolean
  created_at: string
  last_seen_at: string | null
}

export interface Permission {
  key: string
  label: string
  group: string
}

export interface RoleInfo {
  /** `admin`, `agent`, or the id of a role of one's own. */
  key: string
  id: string | null
  name: string
  description: string
  is_system: boolean
  permissions: string[]
  people: number
}

export interface ApiKey {
  id: string
  name: string
  prefix: string
  scopes: string[]
  created_at: string
  expires_at: string | null
  last_used_at: string | null
  revoked_at: string | null
  owner_name: string
}

export interface Company {
  id: string
  name: string
  domains: string[]
  notes: string
  custom_fields: Record<string, unknown>
  people: number
  created_at: string
}
export type CompanyWrite = Pick<Company, 'name' | 'domains' | 'notes'>

export interface Note {
  id: string
  body: string
  author_name: string | null
  created_at: string
}

export interface AuditLine {
  id: number
  at: string
  kind: string
  text: string
  actor_kind: string
  actor_name: string | null
  through: string
  ticket_id: string | null
}

export interface AuditFilter {
  kind: string
  date_from: string
  date_to: string
  page: number
}

type Paged<K extends string, T> = Record<K, T[]> & { pagination: PageInfo }

export interface StaffFilter {
  search: string
  role: 'agent' | 'admin' | 'all'
  page: number
}

export const peopleQueries = {
  all: ['people'] as const,
  staff: ({ search, role, page }: StaffFilter) =>
    queryOptions({
      queryKey: ['people', 'staff', search, role, page],
      queryFn: () =>
        http.get<Paged<'users', Person>>('/admin/users', {
          search,
          role: role === 'all' ? undefined : role,
          page,
          page_size: 25,
        }),
      placeholderData: keepPreviousData,
    }),
  customers: (search: string, page: number, companyId?: string) =>
    queryOptions({
      queryKey: ['people', 'customers', search, page, companyId],
      queryFn: () =>
        http.get<Paged<'users', Person>>('/admin/customers', { search, page, page_size: 25, company_id: companyId }),
      placeholderData: keepPreviousData,
    }),
  customer: (id: string) =>
    queryOptions({
      queryKey: ['people', 'customer', id],
      queryFn: async () => (await http.get<{ user: Person }>(`/admin/customers/${id}`)).user,
    }),
  roles: queryOptions({
    queryKey: ['people', 'roles'],
    queryFn: () => http.get<{ roles: RoleInfo[]; permissions: Permission[] }>('/admin/roles'),
  }),
  keys: queryOptions({
    queryKey: ['people', 'keys'],
    queryFn: async () => (await http.get<{ api_keys: ApiKey[] }>('/admin/api-keys')).api_keys,
  }),
  companies: (search: string, page: number) =>
    queryOptions({
      queryKey: ['people', 'companies', search, page],
      queryFn: () => http.get<Paged<'companies', Company>>('/admin/companies', { search, page, page_size: 25 }),
      placeholderData: keepPreviousData,
    }),
  company: (id: string) =>
    queryOptions({
      queryKey: ['people', 'company', id],
      queryFn: async () => (await http.get<{ company: Company }>(`/admin/companies/${id}`)).company,
    }),
  notes: (of: 'customers' | 'companies', id: string) =>
    queryOptions({
      queryKey: ['people', 'notes', of, id],
      queryFn: async () => (await http.get<{ notes: Note[] }>(`/admin/${of}/${id}/notes`)).notes,
    }),
  audit: ({ page, ...filter }: AuditFilter) =>
    queryOptions({
      queryKey: ['people', 'audit', page, filter],
      queryFn: () =>
        http.get<Paged<'events', AuditLine> & { kinds: string[] }>('/admin/audit', { ...filter, page, page_size: 50 }),
      placeholderData: keepPreviousData,
    }),
}

function usePeopleMutation<V, R>(run: (values: V) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: run, onSuccess: () => client.invalidateQueries({ queryKey: peopleQueries.all }) })
}

export interface InviteBody {
  email: string
  name: string
  role: 'agent' | 'admin'
  role_id: string | null
}

export const useInvite = () =>
  usePeopleMutation((body: InviteBody) => http.post<{ invitation_url: string }>('/admin/users', body))
export const useRenewInvitation = () =>
  usePeopleMutation((id: string) => http.post<{ invitation_url: string }>(`/admin/users/${id}/invitation`))
export const useSetRole = () =>
  usePeopleMutation(({ id, ...body }: { id: string; role: 'agent' | 'admin'; role_id: string | null }) =>
    http.put(`/admin/users/${id}/role`, body),
  )
export const useSetActive = () =>
  usePeopleMutation(({ id, isActive }: { id: string; isActive: boolean }) =>
    http.post(`/admin/users/${id}/${isActive ? 'activate' : 'deactivate'}`),
  )
export const useSaveRole = () =>
  usePeopleMutation(({ id, ...body }: { id?: string | undefined; name: string; description: string; permissions: string[] }) =>
    id ? http.put(`/admin/roles/${id}`, body) : http.post('/admin/roles', body),
  )
export const useDeleteRole = () => usePeopleMutation((id: string) => http.delete(`/admin/roles/${id}`))
export const useMakeKey = () =>
  usePeopleMutation((body: { name: string; scopes: string[]; expires_at: string | null }) =>
    http.post<{ key: string }>('/admin/api-keys', body),
  )
export const useRevokeKey = () => usePeopleMutation((id: string) => http.delete(`/admin/api-keys/${id}`))
export const useSaveCompany = () =>
  usePeopleMutation(({ id, ...body }: CompanyWrite & { id?: string | undefined }) =>
    id ? http.put(`/admin/companies/${id}`, body) : http.post('/admin/companies', body),
  )
export const useDeleteCompany = () => usePeopleMutation((id: string) => http.delete(`/admin/companies/${id}`))
export const useSaveCustomer = () =>
  usePeopleMutation(({ id, ...body }: { id: string; name: string; company_id: string | null }) =>
    http.put(`/admin/customers/${id}`, body),
  )
export const useAddNote = (of: 'customers' | 'companies', id: string) =>
  usePeopleMutation((body: string) => http.post(`/admin/${of}/${id}/notes`, { body }))
