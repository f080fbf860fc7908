import { ChevronLeft } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Link, NavLink, Outlet, useMatch } from 'react-router'

import { may, useUser } from '@/features/accounts/session'
import { cx } from '@/ui/class-names'
import { SearchInput } from '@/ui/input'
import { useLocale, useStrings } from '@/ui/locale'

import { GROUPS, settings, type SettingsEntry } from './navigation'
import { inLanguage } from './rail'
import { PageSkeleton } from './page-skeleton'
import { strings } from './strings'

/** The entries this person may open that match the words. */
export function useSettings(words = ''): [keyof typeof GROUPS, SettingsEntry[]][] {
  const user = useUser()
  const { locale } = useLocale()
  const wanted = words.toLowerCase().split(/\s+/)
  const found = settings.filter((entry) => {
    if (!may(user, entry.permission)) return false
    const text = `${inLanguage(entry.label, locale)} ${inLanguage(entry.about, locale)} ${entry.keywords ?? ''}`
    return wanted.every((word) => text.toLowerCase().includes(word))
  })
  const groups = Object.keys(GROUPS) as (keyof typeof GROUPS)[]
  return groups
    .map((group): [keyof typeof GROUPS, SettingsEntry[]] => [group, found.filter((entry) => entry.group === group)])
    .filter(([, entries]) => entries.length > 0)
}

export default function SettingsLayout() {
  const say = useStrings(strings)
  const { locale } = useLocale()
  const [words, setWords] = useState('')
  const isStart = useMatch('/app/settings') !== null
  const groups = useSettings(words)
  // The start page has no title of its own; a page of settings has.
  const Title = isStart ? 'h1' : 'p'
  return (
    <div className="flex h-full min-h-0">
      <nav
        aria-label={say.settings}
        className={cx('w-full shrink-0 overflow-y-auto border-r border-line px-3 py-4 md:w-60', isStart ? 'md:block' : 'max-md:hidden')}
      >
        <Title className="mb-3 px-2 text-md font-semibold">{say.settings}</Title>
        <SearchInput label={say.searchSettings} value={words} onChange={setWords} className="mb-4" />
        {groups.length === 0 && <p className="px-2 text-sm text-muted">{say.noSetting}</p>}
        {groups.map(([group, entries]) => (
          <section key={group} className="mb-4">
            <h2 className="px-2 pb-1 text-xs font-medium text-faint">{inLanguage(GROUPS[group], locale)}</h2>
            {entries.map((entry) => (
              <NavLink
                key={entry.to}
                to={entry.to}
                className="flex h-8 items-center gap-2.5 rounded-sm px-2 text-sm text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-press aria-[current=page]:font-medium aria-[current=page]:text-ink"
              >
                <entry.icon className="size-4 shrink-0" aria-hidden />
                <span className="truncate">{inLanguage(entry.label, locale)}</span>
              </NavLink>
            ))}
          </section>
        ))}
      </nav>
      <div className={cx('min-w-0 flex-1 overflow-y-auto', isStart && 'max-md:hidden')}>
        {/* On a phone the menu is a page of its own. */}
        <Link
          to="/app/settings"
          className="flex items-center gap-0.5 px-4 pt-4 text-sm text-muted hover:text-ink md:hidden"
        >
          <ChevronLeft className="size-4" aria-hidden />
          {say.settings}
        </Link>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet context={words} />
        </Suspense>
      </div>
    </div>
  )
}
