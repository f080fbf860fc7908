import { Command, LogOut, Menu as MenuIcon, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { NavLink, Outlet, useNavigate } from 'react-router'

import { useLiveState } from '@/api/live'
import { may, useSession, useUser } from '@/features/accounts/session'
import { NotificationBell } from '@/features/notifications/bell'
import { Avatar } from '@/ui/avatar'
import { Banner } from '@/ui/banner'
import { IconButton } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { useLocale, useStrings } from '@/ui/locale'
import { Logo } from '@/ui/logo'
import { Menu } from '@/ui/menu'
import { useCommands, useOwnKeys } from '@/ui/shortcuts'
import { useTheme } from '@/ui/theme'
import { toastError } from '@/ui/toast'
import { Tooltip } from '@/ui/tooltip'

import { PageSkeleton } from './page-skeleton'
import { inLanguage, rail, railFoot, type RailEntry } from './rail'
import { strings } from './strings'

const CommandPalette = lazy(() => import('./command-palette'))
const ShortcutSheet = lazy(() => import('./shortcut-sheet'))
const SettingsCommands = lazy(() => import('./settings-commands'))

/** What surrounds every page of the staff: rail, command palette, shortcut sheet, lost connection. */
export default function WorkspaceShell() {
  const say = useStrings(strings)
  const [open, setOpen] = useState<'palette' | 'shortcuts' | 'rail' | null>(null)
  const isLost = useLiveState() === 'lost'
  const entries = useEntries()
  const navigate = useNavigate()
  const { locale } = useLocale()
  useOwnKeys(useUser().shortcuts)
  useCommands([
    { id: 'app.palette', label: say.openPalette, keys: 'mod+k', group: say.general, run: () => setOpen('palette') },
    { id: 'app.shortcuts', label: say.shortcuts, keys: '?', group: say.general, run: () => setOpen('shortcuts') },
    ...[...entries.main, ...entries.foot].map((entry) => ({
      id: `go.${entry.to}`,
      label: inLanguage(entry.label, locale),
      group: say.goTo,
      run: () => void navigate(entry.to),
      ...(entry.keys && { keys: entry.keys }),
    })),
  ])
  const close = (): void => setOpen(null)
  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-sunken sm:flex-row">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-overlay focus:p-3">
        {say.skip}
      </a>
      <Rail entries={entries} onPalette={() => setOpen('palette')} isOpen={open === 'rail'} onToggle={() => setOpen(open === 'rail' ? null : 'rail')} onClose={close} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {isLost && <Banner tone="offline" className="rounded-none bg-overlay sm:mt-1.5 sm:mr-1.5 sm:rounded-lg">{say.lost}</Banner>}
        <main id="main" tabIndex={-1} className="relative min-h-0 min-w-0 flex-1 overflow-auto bg-canvas outline-none sm:my-1.5 sm:mr-1.5 sm:rounded-lg sm:border sm:border-line">
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Suspense>
        {open === 'palette' && <SettingsCommands />}
        {open === 'palette' && <CommandPalette onClose={close} />}
        {open === 'shortcuts' && <ShortcutSheet onClose={close} />}
      </Suspense>
    </div>
  )
}

function useEntries() {
  const user = useUser()
  const isOpen = (entry: RailEntry): boolean => may(user, entry.permission)
  return { main: rail.filter(isOpen), foot: railFoot.filter(isOpen) }
}

interface RailProps {
  entries: { main: RailEntry[]; foot: RailEntry[] }
  onPalette: () => void
  isOpen: boolean
  onToggle: () => void
  onClose: () => void
}

function Rail({ entries, onPalette, isOpen, onToggle, onClose }: RailProps) {
  const say = useStrings(strings)
  return (
    <nav
      aria-label={say.workspace}
      className="flex shrink-0 flex-wrap items-center gap-1 border-b border-line px-2 py-1.5 sm:w-13 sm:flex-col sm:flex-nowrap sm:border-0 sm:py-3"
    >
      <Logo className="mx-1 size-7 sm:mb-3" />
      <span className="ml-auto flex sm:hidden">
        <IconButton label={say.openPalette} icon={<Command />} onClick={onPalette} />
        <IconButton label={say.menu} icon={<MenuIcon />} onClick={onToggle} aria-expanded={isOpen} />
      </span>
      <div
        className={cx(
          'w-full flex-col gap-1 max-sm:basis-full sm:flex sm:h-full sm:min-h-0 sm:items-center',
          isOpen ? 'flex' : 'max-sm:hidden',
        )}
      >
        {entries.main.map((entry) => (
          <RailLink key={entry.to} entry={entry} onClick={onClose} />
        ))}
        <span className="flex-1" />
        <NotificationBell />
        <span className="max-sm:hidden">
          <Tooltip label={say.openPalette} keys="mod+k" side="right">
            <button type="button" aria-label={say.openPalette} onClick={onPalette} className={railLooks}>
              <Command className="size-4.5" />
            </button>
          </Tooltip>
        </span>
        {entries.foot.map((entry) => (
          <RailLink key={entry.to} entry={entry} onClick={onClose} />
        ))}
        <UserMenu />
      </div>
    </nav>
  )
}

const railLooks = cx(
  'flex h-9 items-center gap-3 rounded-md px-2.5 text-sm font-medium text-muted transition-colors hover:bg-hover hover:text-ink',
  'aria-[current=page]:bg-press aria-[current=page]:text-ink sm:w-9 sm:justify-center sm:px-0',
)

function RailLink({ entry, onClick }: { entry: RailEntry; onClick: () => void }) {
  const { locale } = useLocale()
  const label = inLanguage(entry.label, locale)
  return (
    <Tooltip label={label} keys={entry.keys} side="right">
      <NavLink to={entry.to} onClick={onClick} className={railLooks} end={entry.to === '/app'} aria-label={label}>
        <entry.icon className="size-4.5" aria-hidden />
        <span className="sm:hidden" aria-hidden>
          {label}
        </span>
      </NavLink>
    </Tooltip>
  )
}

function UserMenu() {
  const say = useStrings(strings)
  const user = useUser()
  const { signOut } = useSession()
  const { theme, setTheme } = useTheme()
  const navigate = useNavigate()
  return (
    <Menu
      side="right"
      align="end"
      header={
        <div className="px-2 py-1.5">
          <p className="text-sm font-medium">{user.name}</p>
          <p className="text-xs text-muted">{user.email}</p>
        </div>
      }
      items={[
        'separator',
        { label: say.profile, icon: <UserRound />, onSelect: () => void navigate('/app/settings/profile') },
        {
          label: say.theme,
          icon: <Moon />,
          items: [
            { label: say.dark, icon: <Moon />, isChecked: theme === 'dark', onSelect: () => setTheme('dark') },
            { label: say.light, icon: <Sun />, isChecked: theme === 'light', onSelect: () => setTheme('light') },
            { label: say.system, icon: <Monitor />, isChecked: theme === 'system', onSelect: () => setTheme('system') },
          ],
        },
        'separator',
        {
          label: say.signOut,
          icon: <LogOut />,
          onSelect: () => void signOut().catch((error: unknown) => toastError(error, say.signOutFailed)),
        },
      ]}
      trigger={
        <button type="button" aria-label={user.name} className="flex items-center gap-2.5 rounded-full p-1.5 max-sm:self-start">
          <Avatar name={user.name} size="sm" />
          <span className="text-sm font-medium text-muted sm:hidden" aria-hidden>
            {user.name}
          </span>
        </button>
      }
    />
  )
}
