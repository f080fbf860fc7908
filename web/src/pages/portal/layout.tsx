import { BookOpen, LogOut, Monitor, Moon, Plus, Sun, UserRound } from 'lucide-react'
import { Suspense } from 'react'
import { Link, NavLink, Outlet, useNavigate } from 'react-router'

import { useLiveState } from '@/api/live'
import { useSession, useUser } from '@/features/accounts/session'
import { BrandMark, BrandProvider, useBrand } from '@/features/portal/brand'
import { strings } from '@/features/portal/strings'
import { Avatar } from '@/ui/avatar'
import { Banner } from '@/ui/banner'
import { Button } from '@/ui/button'
import { useStrings } from '@/ui/locale'
import { Logo } from '@/ui/logo'
import { Menu } from '@/ui/menu'
import { SkeletonRows } from '@/ui/states'
import { useTheme } from '@/ui/theme'
import { toastError } from '@/ui/toast'

/** The frame of the customer portal: one line on top, one column below, in the look of the brand. */
export default function PortalLayout() {
  return (
    <BrandProvider>
      <Frame />
    </BrandProvider>
  )
}

function Frame() {
  const say = useStrings(strings)
  const brand = useBrand()
  const isLost = useLiveState() === 'lost'
  return (
    <div className="flex min-h-dvh flex-col">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-overlay focus:p-3">
        {say.skip}
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-canvas/90 backdrop-blur">
        <div className="mx-auto flex h-14 max-w-4xl items-center gap-1 px-4 sm:gap-2 sm:px-6">
          <Link
            to="/portal"
            className="mr-1 flex shrink-0 items-center gap-2.5 rounded-sm sm:mr-3"
            aria-label={brand?.name ?? 'Deskwell'}
          >
            {brand ? (
              <BrandMark brand={brand} />
            ) : (
              <>
                <Logo className="size-7" />
                <span className="text-md font-semibold tracking-tight max-sm:hidden">Deskwell</span>
              </>
            )}
          </Link>
          <nav className="flex min-w-0 items-center gap-1" aria-label={say.menu}>
            <NavLink to="/portal" end className={linkLooks}>
              {say.myTickets}
            </NavLink>
            <a href="/help" className={`${linkLooks} max-sm:hidden`}>
              {say.helpPages}
            </a>
          </nav>
          <Button asChild variant="primary" className="ml-auto">
            <Link to="/portal/new" aria-label={say.newTicket}>
              <Plus aria-hidden />
              <span className="max-[26rem]:hidden">{say.newTicket}</span>
            </Link>
          </Button>
          <AccountMenu />
        </div>
      </header>
      {isLost && (
        <Banner tone="offline" className="rounded-none">
          {say.lost}
        </Banner>
      )}
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-4xl flex-1 px-4 py-7 outline-none sm:px-6">
        <Suspense fallback={<SkeletonRows />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  )
}

const linkLooks =
  'flex h-8 items-center rounded-sm px-2.5 text-sm font-medium whitespace-nowrap text-muted hover:bg-hover hover:text-ink aria-[current=page]:text-ink pointer-coarse:h-10'

function AccountMenu() {
  const say = useStrings(strings)
  const user = useUser()
  const { signOut } = useSession()
  const { theme, setTheme } = useTheme()
  const navigate = useNavigate()
  return (
    <Menu
      header={
        <div className="max-w-60 px-2 py-1.5">
          <p className="truncate text-sm font-medium">{user.name}</p>
          <p className="truncate text-xs text-muted">{user.email}</p>
        </div>
      }
      items={[
        'separator',
        { label: say.profile, icon: <UserRound />, onSelect: () => void navigate('/portal/profile') },
        // On a phone the line on top has no room for it.
        { label: say.helpPages, icon: <BookOpen />, onSelect: () => window.location.assign('/help') },
        'separator',
        { label: say.dark, icon: <Moon />, isChecked: theme === 'dark', onSelect: () => setTheme('dark') },
        { label: say.light, icon: <Sun />, isChecked: theme === 'light', onSelect: () => setTheme('light') },
        { label: say.system, icon: <Monitor />, isChecked: theme === 'system', onSelect: () => setTheme('system') },
        'separator',
        {
          label: say.signOut,
          icon: <LogOut />,
          onSelect: () => void signOut().catch((problem: unknown) => toastError(problem)),
        },
      ]}
      trigger={
        <button type="button" aria-label={say.account} className="ml-1 rounded-full">
          <Avatar name={user.name} />
        </button>
      }
    />
  )
}
