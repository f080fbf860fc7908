import { Languages, Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'

import { IconButton } from '@/ui/button'
import { LOCALES, useLocale, useStrings, type Locale } from '@/ui/locale'
import { Logo } from '@/ui/logo'
import { Menu } from '@/ui/menu'
import { usePageTitle } from '@/ui/page'
import { useTheme } from '@/ui/theme'

import { strings } from './strings'

interface EntranceProps {
  title: string
  hint?: ReactNode
  children: ReactNode
  /** Below the card. */
  foot?: ReactNode
}

/** The frame of all pages one meets before being signed in. */
export function Entrance({ title, hint, children, foot }: EntranceProps) {
  const say = useStrings(strings)
  usePageTitle(title)
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,1fr)_1.1fr]">
      <div className="flex flex-col px-5 py-5 sm:px-10">
        <header className="flex items-center gap-2.5">
          <Logo className="size-7" />
          <span className="text-md font-semibold tracking-tight">Deskwell</span>
          <span className="ml-auto flex">
            <Looks />
          </span>
        </header>
        <main className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-10">
          <h1 className="text-2xl font-semibold">{title}</h1>
          {hint && <p className="mt-2 text-md text-muted">{hint}</p>}
          <div className="mt-7">{children}</div>
          {foot && <div className="mt-6 text-sm text-muted">{foot}</div>}
        </main>
      </div>
      <aside className="relative hidden overflow-hidden border-l border-line bg-sunken lg:block" aria-hidden>
        <Ripples />
        <p className="absolute bottom-12 left-12 max-w-md text-3xl font-semibold text-balance">{say.tagline}</p>
      </aside>
    </div>
  )
}

function Looks() {
  const { theme, setTheme } = useTheme()
  const { locale, setLocale } = useLocale()
  const say = useStrings(strings)
  const isDark = theme === 'dark'
  return (
    <>
      <Menu
        trigger={<IconButton label={say.language} icon={<Languages />} />}
        items={(Object.keys(LOCALES) as Locale[]).map((each) => ({
          label: LOCALES[each],
          isChecked: each === locale,
          onSelect: () => setLocale(each),
        }))}
      />
      <IconButton
        label={say.themes[isDark ? 'light' : 'dark']}
        icon={isDark ? <Sun /> : <Moon />}
        onClick={() => setTheme(isDark ? 'light' : 'dark')}
      />
    </>
  )
}

/** Rings on water, drawn from the accent: the product's one picture. */
function Ripples() {
  const rings = [60, 118, 190, 276, 376, 490, 618, 760]
  return (
    <svg viewBox="0 0 800 900" preserveAspectRatio="xMidYMid slice" className="absolute inset-0 size-full text-accent">
      <defs>
        <radialGradient id="glow" cx="58%" cy="36%" r="62%">
          <stop offset="0" stopColor="var(--accent)" stopOpacity="0.26" />
          <stop offset="1" stopColor="var(--accent)" stopOpacity="0" />
        </radialGradient>
      </defs>
      <rect width="800" height="900" fill="url(#glow)" />
      {rings.map((radius, index) => (
        <ellipse
          key={radius}
          cx="464"
          cy="324"
          rx={radius}
          ry={radius * 0.72}
          fill="none"
          stroke="currentColor"
          strokeOpacity={0.42 / (1 + index * 0.62)}
          strokeWidth={1.4}
        />
      ))}
      <circle cx="464" cy="324" r="9" fill="currentColor" />
    </svg>
  )
}
