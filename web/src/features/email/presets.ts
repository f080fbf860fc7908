/** What is known of the big mail services, so that nobody has to look it up. */
import type { AccountWrite } from './api'

export type PresetId = 'gmail' | 'microsoft' | 'fastmail' | 'smtp' | 'sendgrid' | 'ses' | 'mailgun'

export interface Preset {
  id: PresetId
  name: string
  provider: AccountWrite['provider']
  servers?: { smtp_host: string; smtp_port: number; imap_host: string; imap_port: number }
  /** Where the password for a program is made. */
  passwordUrl?: string
}

export const presets: Preset[] = [
  {
    id: 'gmail',
    name: 'Gmail',
    provider: 'smtp',
    servers: { smtp_host: 'smtp.gmail.com', smtp_port: 587, imap_host: 'imap.gmail.com', imap_port: 993 },
    passwordUrl: 'https://myaccount.google.com/apppasswords',
  },
  {
    id: 'microsoft',
    name: 'Microsoft 365',
    provider: 'smtp',
    servers: { smtp_host: 'smtp.office365.com', smtp_port: 587, imap_host: 'outlook.office365.com', imap_port: 993 },
    passwordUrl: 'https://account.microsoft.com/security',
  },
  {
    id: 'fastmail',
    name: 'Fastmail',
    provider: 'smtp',
    servers: { smtp_host: 'smtp.fastmail.com', smtp_port: 465, imap_host: 'imap.fastmail.com', imap_port: 993 },
    passwordUrl: 'https://app.fastmail.com/settings/security/apps',
  },
  { id: 'smtp', name: 'SMTP + IMAP', provider: 'smtp' },
  { id: 'sendgrid', name: 'SendGrid', provider: 'sendgrid' },
  { id: 'ses', name: 'Amazon SES', provider: 'ses' },
  { id: 'mailgun', name: 'Mailgun', provider: 'mailgun' },
]

/** Which preset an account was made with, told by its servers. */
export function presetOf(account: { provider: string; smtp_host: string }): PresetId {
  const known = presets.find((preset) => preset.servers?.smtp_host === account.smtp_host)
  if (known) return known.id
  return presets.some((preset) => preset.id === account.provider) ? (account.provider as PresetId) : 'smtp'
}
