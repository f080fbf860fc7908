/** The entries of the workspace's rail, one line each. */
import { BookOpen, ChartColumn, Clock, Contact, House, Inbox, Settings, Trash2, type LucideIcon } from 'lucide-react'

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
}

export const rail: RailEntry[] = [
  { to: '/app', label: { en: 'Home', de: 'Start' }, icon: House, keys: 'g h' },
  { to: '/app/inbox', label: { en: 'Inbox', de: 'Eingang' }, icon: Inbox, keys: 'g i' },
  { to: '/app/customers', label: { en: 'Customers', de: 'Kunden' }, icon: Contact, keys: 'g c', permission: 'customers.read' },
  { to: '/app/knowledge', label: { en: 'Knowledge', de: 'Wissen' }, icon: BookOpen, keys: 'g k' },
  { to: '/app/reports', label: { en: 'Reports', de: 'Berichte' }, icon: ChartColumn, keys: 'g r', permission: 'reports.read' },
  { to: '/app/time', label: { en: 'Time', de: 'Zeit' }, icon: Clock, keys: 'g t', permission: 'time.log' },
]

/** At the foot of the rail. */
export const railFoot: RailEntry[] = [
  { to: '/app/trash', label: { en: 'Trash', de: 'Papierkorb' }, icon: Trash2, permission: 'tickets.trash' },
  { to: '/app/settings', label: { en: 'Settings', de: 'Einstellungen' }, icon: Settings, keys: 'g s' },
]

export function inLanguage(label: Label, locale: Locale): string {
  return label[locale] ?? label.en
}
