import { Link, useOutletContext } from 'react-router'

import { useLocale, useStrings } from '@/ui/locale'
import { usePageTitle } from '@/ui/page'

import { GROUPS } from './navigation'
import { inLanguage } from './rail'
import { useSettings } from './settings-layout'
import { strings } from './strings'

/** All settings at a glance, or those the search has found, each with its sentence. */
export default function SettingsIndex() {
  const say = useStrings(strings)
  const { locale } = useLocale()
  usePageTitle(say.settings)
  const words = useOutletContext<string>()
  return (
    <div className="mx-auto max-w-4xl space-y-8 px-8 py-8">
      {useSettings(words).map(([group, entries]) => (
        <section key={group}>
          <h2 className="mb-3 text-sm font-semibold text-muted">{inLanguage(GROUPS[group], locale)}</h2>
          <div className="grid gap-3 lg:grid-cols-2">
            {entries.map((entry) => (
              <Link
                key={entry.to}
                to={entry.to}
                className="lit flex gap-3 rounded-lg border border-line bg-surface p-4 transition-colors hover:border-line-strong"
              >
                <entry.icon className="mt-0.5 size-4.5 shrink-0 text-accent-text" aria-hidden />
                <span>
                  <span className="block text-sm font-medium">{inLanguage(entry.label, locale)}</span>
                  <span className="block text-sm text-muted">{inLanguage(entry.about, locale)}</span>
                </span>
              </Link>
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}
