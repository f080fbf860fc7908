import { Compass } from 'lucide-react'
import { Link, Navigate } from 'react-router'

import { homeOf, SignedIn, useSession } from '@/features/accounts/session'
import { Button } from '@/ui/button'
import { usePageTitle } from '@/ui/page'
import { useStrings } from '@/ui/locale'
import { EmptyState, ErrorState } from '@/ui/states'

import { PageSkeleton } from './page-skeleton'
import { strings } from './strings'

const failed = (error: Error, retry: () => void) => <ErrorState isPage error={error} onRetry={retry} className="pt-[12vh]" />

export const CustomerOnly = () => <SignedIn as="customer" pending={<PageSkeleton />} failed={failed} />
export const StaffOnly = () => <SignedIn as="staff" pending={<PageSkeleton />} failed={failed} />
/** Wraps settings only admins may see: `{ element: <AdminOnly />, children: [...] }`. */
export const AdminOnly = () => <SignedIn as="admin" pending={<PageSkeleton />} failed={failed} />

/** `/` leads to where the session belongs. */
export function Home() {
  const { user, isLoading, error, retry } = useSession()
  if (isLoading) return <PageSkeleton />
  if (error && !user) return failed(error, retry)
  return <Navigate to={user ? homeOf(user) : '/sign-in'} replace />
}

export function NotFound() {
  const say = useStrings(strings)
  usePageTitle(say.notFound)
  return (
    <main className="pt-[12vh]">
      <EmptyState
        isPage
        icon={<Compass />}
        title={say.notFound}
        action={
          <Button asChild>
            <Link to="/">{say.goHome}</Link>
          </Button>
        }
      >
        {say.notFoundHint}
      </EmptyState>
    </main>
  )
}

/** A page that failed: why, and a way to try again. */
export function PageError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return <ErrorState isPage error={error} onRetry={onRetry} className="pt-[12vh]" />
}
