import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useMemo, type ReactNode } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'

import { ApiError, http, onSessionEnded } from '@/api/client'
import { SIGNED_OUT, startLive, useLive } from '@/api/live'

export type Role = 'customer' | 'agent' | 'admin'

export interface User {
  id: string
  email: string
  name: string
  role: Role
  created_at: string
  permissions?: string[]
  /** Keys of their own by command. */
  shortcuts?: Record<string, string>
  /** False until a customer has shown that their address is theirs. */
  is_confirmed?: boolean
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<User | null> => {
    try {
      return await http.get<User>('/auth/me', {}, { signal })
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null
      throw error
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
})

interface Session {
  user: User | null
  isLoading: boolean
  error: Error | null
  retry: () => void
  /** After sign-in or sign-up: who it is now. */
  begin: (user: User) => void
  signOut: () => Promise<void>
}

const SessionContext = createContext<Session | null>(null)

export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const { data: user = null, isPending, error, refetch } = useQuery(sessionQuery)

  useEffect(() => onSessionEnded(() => client.setQueryData(sessionQuery.queryKey, null)), [client])
  useLive((event) => {
    if (event.kind === SIGNED_OUT) void refetch()
  })
  const userId = user?.id
  useEffect(() => (userId ? startLive() : undefined), [userId])

  const session = useMemo<Session>(() => {
    const forget = (next: User | null): void => {
      // What the last person saw must not flash up for the next one.
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
      client.setQueryData(sessionQuery.queryKey, next)
    }
    return {
      user,
      isLoading: isPending,
      error,
      retry: () => void refetch(),
      begin: forget,
      signOut: async () => {
        const looks = keepLooks()
        await http.post('/auth/logout').catch((problem: unknown) => {
          if (!(problem instanceof ApiError && problem.status === 401)) throw problem
        })
        looks.restore()
        forget(null)
      },
    }
  }, [client, user, isPending, error, refetch])
  return <SessionContext value={session}>{children}</SessionContext>
}

/** Signing out clears the browser's storage; theme and language belong to the device and stay. */
function keepLooks() {
  const names = ['deskwell.theme', 'deskwell.locale']
  const kept = names.map((name) => [name, localStorage.getItem(name)] as const)
  return {
    restore: () => {
      for (const [name, value] of kept) if (value !== null) localStorage.setItem(name, value)
    },
  }
}

export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('useSession needs a SessionProvider above it')
  return session
}

/** The signed-in person; only for pages behind `SignedIn`. */
export function useUser(): User {
  const { user } = useSession()
  if (!user) throw new Error('useUser is for pages behind SignedIn')
  return user
}

/** Whether this person's role holds a permission; without one everybody may. The server asks again. */
export function may(user: Pick<User, 'role' | 'permissions'>, permission?: string): boolean {
  return !permission || user.role === 'admin' || (user.permissions ?? []).includes(permission)
}

export function homeOf(user: Pick<User, 'role'>): string {
  return user.role === 'customer' ? '/portal' : '/app'
}

interface SignedInProps {
  as: 'customer' | 'staff' | 'admin'
  /** Shown until the session is known. */
  pending: ReactNode
  failed: (error: Error, retry: () => void) => ReactNode
}

/** Lets those through who belong here and leads the others to where they do. */
export function SignedIn({ as, pending, failed }: SignedInProps) {
  const { user, isLoading, error, retry } = useSession()
  const location = useLocation()
  if (isLoading) return pending
  if (error && !user) return failed(error, retry)
  if (!user) {
    const next = encodeURIComponent(location.pathname + location.search)
    return <Navigate to={`/sign-in?next=${next}`} replace />
  }
  const fits = as === 'customer' ? user.role === 'customer' : as === 'admin' ? user.role === 'admin' : user.role !== 'customer'
  return fits ? <Outlet /> : <Navigate to={homeOf(user)} replace />
}
