/** Language, plural and date rules, and the catalogue of strings: one typed table per feature. */
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'

export const LOCALES = { en: 'English', de: 'Deutsch' } as const
export type Locale = keyof typeof LOCALES

type Text = string | ((...values: never[]) => string)
export type Table = { [key: string]: Text | Table }

/** The same keys with any text: what a translation of `T` may say. */
export type Translation<T> = {
  [K in keyof T]: T[K] extends (...values: infer V) => string
    ? (...values: V) => string
    : T[K] extends string
      ? string
      : Translation<T[K]>
}

export interface Strings<T> {
  en: T
  de: Translation<T>
}

/** A feature's strings in every language; a key without its translation does not compile. */
export function defineStrings<const T extends Table>(en: T, de: Translation<T>): Strings<T> {
  return { en, de }
}

export function stringsFor<T extends Table>(strings: Strings<T>, locale: Locale): T {
  return (locale === 'en' ? strings.en : strings[locale]) as T
}

const STORED = 'deskwell.locale'

function firstLocale(): Locale {
  try {
    const stored = localStorage.getItem(STORED)
    if (stored && stored in LOCALES) return stored as Locale
  } catch {
    // Storage may be forbidden; English then.
  }
  return 'en'
}

const LocaleContext = createContext<{ locale: Locale; setLocale: (locale: Locale) => void }>({
  locale: 'en',
  setLocale: () => undefined,
})

export function LocaleProvider({ children }: { children: ReactNode }) {
  const [locale, choose] = useState(firstLocale)
  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
  const value = useMemo(
    () => ({
      locale,
      setLocale: (next: Locale) => {
        try {
          localStorage.setItem(STORED, next)
        } catch {
          // The choice then lasts for this visit.
        }
        choose(next)
      },
    }),
    [locale],
  )
  return <LocaleContext value={value}>{children}</LocaleContext>
}

export function useLocale() {
  return use(LocaleContext)
}

/** The strings of a feature in the reader's language. */
export function useStrings<T extends Table>(strings: Strings<T>): T {
  return stringsFor(strings, use(LocaleContext).locale)
}

/** Numbers, dates and sizes as the reader writes them. */
export function useFormat() {
  const { locale } = use(LocaleContext)
  return useMemo(() => formats(locale), [locale])
}

export function formats(locale: Locale) {
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' })
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
  const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
  const short = (unit: 'minute' | 'hour' | 'day') => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' })
  const [minutes, hours, days] = [short('minute'), short('hour'), short('day')]
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  return {
    number: (value: number) => number.format(value),
    percent: (value: number) => percent.format(value),
    exact: (value: string | Date) => exact.format(new Date(value)),
    clock: (value: string | Date) => clock.format(new Date(value)),
    day: (value: string | Date) => {
      const date = new Date(value)
      return (date.getFullYear() === new Date().getFullYear() ? day : dayOfYear).format(date)
    },
    /** "3 min. ago", "in 2 hr.", a date once it is a week away. */
    relative: (value: string | Date, now = Date.now()) => {
      const seconds = (new Date(value).getTime() - now) / 1000
      const size = Math.abs(seconds)
      if (size < 45) return relative.format(0, 'second')
      if (size < 3570) return relative.format(Math.round(seconds / 60), 'minute')
      if (size < 84_600) return relative.format(Math.round(seconds / 3600), 'hour')
      if (size < 604_800) return relative.format(Math.round(seconds / 86_400), 'day')
      return (new Date(value).getFullYear() === new Date(now).getFullYear() ? day : dayOfYear).format(new Date(value))
    },
    /** How long ago, as short as a column of a list wants it: "3m", "2h", "5d", then a date. */
    ago: (value: string | Date, now = Date.now()) => {
      const seconds = Math.max(0, (now - new Date(value).getTime()) / 1000)
      if (seconds < 45) return relative.format(0, 'second')
      if (seconds < 3570) return minutes.format(Math.round(seconds / 60))
      if (seconds < 84_600) return hours.format(Math.round(seconds / 3600))
      if (seconds < 604_800) return days.format(Math.round(seconds / 86_400))
      return (new Date(value).getFullYear() === new Date(now).getFullYear() ? day : dayOfYear).format(new Date(value))
    },
    /** Minutes as "2 h 15 min". */
    duration: (minutes: number) => {
      const whole = Math.round(minutes)
      const hours = Math.floor(whole / 60)
      const days = Math.floor(hours / 24)
      if (days) return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`
      if (!hours) return `${whole} min`
      return whole % 60 ? `${hours} h ${whole % 60} min` : `${hours} h`
    },
    bytes: (size: number) => {
      if (size < 1000) return `${size} B`
      const unit = size < 1e6 ? 'kB' : size < 1e9 ? 'MB' : 'GB'
      const value = size / { kB: 1e3, MB: 1e6, GB: 1e9 }[unit]
      return `${number.format(Math.round(value * 10) / 10)} ${unit}`
    },
  }
}
