import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'

export type Theme = 'dark' | 'light' | 'system'
const STORED = 'deskwell.theme'

function storedTheme(): Theme {
  try {
    const value = localStorage.getItem(STORED)
    if (value === 'light' || value === 'system') return value
  } catch {
    // Storage may be forbidden; dark is the default.
  }
  return 'dark'
}

const ThemeContext = createContext<{ theme: Theme; setTheme: (theme: Theme) => void }>({
  theme: 'dark',
  setTheme: () => undefined,
})

/** Dark (default), light, or what the system says, also when it changes at dusk. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const [theme, choose] = useState(storedTheme)
  useEffect(() => {
    const prefersLight = window.matchMedia('(prefers-color-scheme: light)')
    const apply = (): void => {
      const shown = theme === 'system' ? (prefersLight.matches ? 'light' : 'dark') : theme
      document.documentElement.dataset.theme = shown
    }
    apply()
    prefersLight.addEventListener('change', apply)
    return () => prefersLight.removeEventListener('change', apply)
  }, [theme])
  const value = useMemo(
    () => ({
      theme,
      setTheme: (next: Theme) => {
        try {
          localStorage.setItem(STORED, next)
        } catch {
          // The choice then lasts for this visit.
        }
        choose(next)
      },
    }),
    [theme],
  )
  return <ThemeContext value={value}>{children}</ThemeContext>
}

export function useTheme() {
  return use(ThemeContext)
}
