/** The entries of the workspace's rail and of the settings menu, one line each. */
import { Bug, House, Inbox, Layers, Settings, UserRound, type LucideIcon } from 'lucide-react'

import type { Locale } from '@/ui/locale'

export type Label = { en: string } & Partial<Record<Locale, string>>

export interface RailEntry {
  to: string
  label: Label
  icon: LucideIcon
  /** Where `g` leads: `g i`. Also shown in the tooltip. */
  keys?: string
  /** Only for those who hold it; without it for all staff. */
  permission?: string
  isAdminOnly?: boolean
}

export interface SettingsEntry {
  /** Below /app/settings. */
  to: string
  group: keyof typeof GROUPS
  label: Label
  icon: LucideIcon
  /** One sentence, shown on the settings start page and searched. */
  about: Label
  keywords?: string
  isAdminOnly?: boolean
}

export const GROUPS = {
  you: { en: 'You', de: 'Sie' },
  desk: { en: 'Desk', de: 'Helpdesk' },
  people: { en: 'People', de: 'Menschen' },
  channels: { en: 'Channels', de: 'Kanäle' },
  ai: { en: 'AI and knowledge', de: 'KI und Wissen' },
  work: { en: 'Workflow', de: 'Abläufe' },
  system: { en: 'System', de: 'System' },
} satisfies Record<string, Label>

export const rail: RailEntry[] = [
  { to: '/app', label: { en: 'Home', de: 'Start' }, icon: House, keys: 'g h' },
  { to: '/app/inbox', label: { en: 'Inbox', de: 'Eingang' }, icon: Inbox, keys: 'g i' },
]

/** At the foot of the rail. */
export const railFoot: RailEntry[] = [
  { to: '/app/settings', label: { en: 'Settings', de: 'Einstellungen' }, icon: Settings, keys: 'g s' },
]

export const settings: SettingsEntry[] = [
  { to: 'errors', group: 'system', label: { en: 'Errors', de: 'Fehler' }, icon: Bug, about: { en: 'What went wrong inside Deskwell, grouped by place.', de: 'Was in Deskwell schiefging, nach Ort zusammengefasst.' }, keywords: 'crash exception sentry log', isAdminOnly: true },
  { to: 'contexts', group: 'desk', label: { en: 'Contexts', de: 'Kontexte' }, icon: Layers, about: { en: 'Brands, shops or departments, each with its own tone, contacts and AI switch.', de: 'Marken, Shops oder Abteilungen mit eigenem Ton, Kontakten und KI-Schalter.' }, keywords: 'brand shop department tone ai', isAdminOnly: true },
  { to: 'profile', group: 'you', label: { en: 'Profile', de: 'Profil' }, icon: UserRound, about: { en: 'Your name, password, language, theme and signed-in devices.', de: 'Name, Passwort, Sprache, Farben und angemeldete Geräte.' }, keywords: 'session device logout dark light' },
]

export function inLanguage(label: Label, locale: Locale): string {
  return label[locale] ?? label.en
}
