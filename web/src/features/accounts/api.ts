import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { http } from '@/api/client'

import { sessionQuery, type Role, type User } from './session'

interface Entered {
  access_token: string
  user: User
}

export interface Invitation {
  email: string
  role: Role
  name: string
}

export interface DeviceSession {
  id: string
  created_at: string
  last_seen_at: string
  user_agent: string
  address: string
  is_current: boolean
}

export const signIn = (body: { email: string; password: string; code?: string }) => http.post<Entered>('/auth/login', body)
export const signUp = (body: { email: string; password: string; name: string }) =>
  http.post<Entered>('/auth/register', body)
export const askReset = (body: { email: string }) => http.post('/auth/reset-request', body)
export const resetPassword = (body: { token: string; password: string }) =>
  http.post<Entered>('/auth/reset', body)

export const setUpDesk = (body: { token: string; email: string; name: string; password: string }) =>
  http.post<Entered>('/auth/setup', body)

export const acceptInvitation = (body: { token: string; name: string; password: string }) =>
  http.post<Entered>('/auth/invitation', body)

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: () => http.get<Invitation>('/auth/invitation', { token }),
    retry: false,
  })

export const setUpStateQuery = queryOptions({
  queryKey: ['set-up'],
  queryFn: () => http.get<{ needs_setup: boolean }>('/auth/setup'),
})

export const confirmEmail = (body: { token: string }) => http.post('/auth/confirm-email', body)
export const confirmAccount = (body: { token: string }) => http.post('/auth/confirm-account', body)
export const sendConfirmation = () => http.post<{ message: string }>('/auth/send-confirmation')

export const sessionsQuery = queryOptions({
  queryKey: ['auth', 'sessions'],
  queryFn: () => http.get<{ sessions: DeviceSession[] }>('/auth/sessions'),
})

export function useEndSession() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => http.delete(`/auth/sessions/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  })
}

export function useSaveProfile() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { name?: string; email?: string; current_password?: string }) => http.patch('/auth/me', body),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  })
}

export const changePassword = (body: { current_password: string; new_password: string }) =>
  http.post('/auth/password', body)
export const signOutEverywhere = () => http.post('/auth/logout-all')
