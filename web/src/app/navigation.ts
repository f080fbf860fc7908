/** The entries of the settings menu, one line each; those of the rail are in `rail.ts`. */
import {
  AtSign,
  Bell,
  Bug,
  Building2,
  CalendarClock,
  ChartColumn,
  FilePen,
  Folder,
  History,
  Gauge,
  KeyRound,
  Layers,
  MessageSquareText,
  MailCheck,
  ScrollText,
  ShieldCheck,
  Sparkles,
  Tag,
  TextCursorInput,
  Timer,
  UserCog,
  UserRound,
  UsersRound,
  Workflow,
  Zap,
  type LucideIcon,
} from 'lucide-react'

import type { Label } from './rail'

export interface SettingsEntry {
  /** Below /app/settings. */
  to: string
  group: keyof typeof GROUPS
  label: Label
  icon: LucideIcon
  /** One sentence, shown on the settings start page and searched. */
  about: Label
  keywords?: string
  /** Only for those who hold it; without it for all staff. */
  permission?: string
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

export const settings: SettingsEntry[] = [
  { to: 'activity', group: 'system', label: { en: 'Ticket activity', de: 'Ticket-Protokoll' }, icon: History, about: { en: 'Every change of every ticket: who, what, old, new, through what.', de: 'Jede Änderung jedes Tickets: wer, was, alt, neu, wodurch.' }, keywords: 'log audit history timeline export csv', permission: 'audit.read' },
  { to: 'errors', group: 'system', label: { en: 'Errors', de: 'Fehler' }, icon: Bug, about: { en: 'What went wrong inside Deskwell, grouped by place.', de: 'Was in Deskwell schiefging, nach Ort zusammengefasst.' }, keywords: 'crash exception sentry log', permission: 'settings.manage' },
  { to: 'contexts', group: 'desk', label: { en: 'Contexts', de: 'Kontexte' }, icon: Layers, about: { en: 'Brands, shops or departments, each with its own look, e-mail account, hours, tone and AI switch.', de: 'Marken, Shops oder Abteilungen mit eigenem Aussehen, E-Mail-Konto, Zeiten, Ton und KI-Schalter.' }, keywords: 'brand shop department logo colour look tone ai hours calendar mail', permission: 'settings.manage' },
  { to: 'profile', group: 'you', label: { en: 'Profile', de: 'Profil' }, icon: UserRound, about: { en: 'Your name, password, language, theme and signed-in devices.', de: 'Name, Passwort, Sprache, Farben und angemeldete Geräte.' }, keywords: 'session device logout dark light' },
  { to: 'notifications', group: 'you', label: { en: 'Notifications', de: 'Benachrichtigungen' }, icon: Bell, about: { en: 'What you hear of, in Deskwell and by mail.', de: 'Wovon Sie hören, in Deskwell und per E-Mail.' }, keywords: 'mail mention' },
  { to: 'people', group: 'people', label: { en: 'People', de: 'Menschen' }, icon: UserCog, about: { en: 'Invite agents and admins, change their role, deactivate them.', de: 'Mitarbeiter einladen, Rollen ändern, deaktivieren.' }, keywords: 'users agents admins invite', permission: 'users.manage' },
  { to: 'roles', group: 'people', label: { en: 'Roles', de: 'Rollen' }, icon: ShieldCheck, about: { en: 'The permission matrix: what each role may do.', de: 'Die Rechtematrix: was jede Rolle darf.' }, keywords: 'permissions light agent', permission: 'users.manage' },
  { to: 'teams', group: 'people', label: { en: 'Teams', de: 'Teams' }, icon: UsersRound, about: { en: 'Groups that share a queue, in turn, by load, or restricted.', de: 'Gruppen, die sich eine Warteschlange teilen.' }, keywords: 'round robin load restricted', permission: 'teams.manage' },
  { to: 'companies', group: 'people', label: { en: 'Companies', de: 'Firmen' }, icon: Building2, about: { en: 'Customers who belong together, by the domain of their address.', de: 'Kunden, die zusammengehören.' }, keywords: 'organisations customers', permission: 'customers.read' },
  { to: 'email-accounts', group: 'channels', label: { en: 'E-mail accounts', de: 'E-Mail-Konten' }, icon: AtSign, about: { en: 'Addresses that send and are fetched, with real connection tests; the inbound webhook.', de: 'Adressen zum Senden und Abrufen, mit echten Tests.' }, keywords: 'smtp imap gmail outlook sendgrid ses mailgun webhook mailbox', permission: 'email.manage' },
  { to: 'email-templates', group: 'channels', label: { en: 'E-mail templates', de: 'E-Mail-Vorlagen' }, icon: FilePen, about: { en: 'What is mailed on each event, and texts for the composer.', de: 'Was bei welchem Ereignis gemailt wird.' }, keywords: 'placeholders acknowledgement signature', permission: 'email.manage' },
  { to: 'email-health', group: 'channels', label: { en: 'E-mail health', de: 'E-Mail-Zustand' }, icon: MailCheck, about: { en: 'Mails that were not read, kept aside or not sent, each with a retry.', de: 'Nicht gelesene, beiseitegelegte und nicht gesendete Mails.' }, keywords: 'spam bounce failed unprocessed retry outbox', permission: 'email.operate' },
  { to: 'ai', group: 'ai', label: { en: 'AI answers', de: 'KI-Antworten' }, icon: Sparkles, about: { en: 'When the AI answers, with what, how sure it must be; a chat to try it.', de: 'Wann die KI antwortet, womit und wie sicher sie sein muss.' }, keywords: 'openai model key provider threshold tone budget limits', permission: 'ai.manage' },
  { to: 'ai-quality', group: 'ai', label: { en: 'AI quality', de: 'KI-Qualität' }, icon: Gauge, about: { en: 'How honest its confidence is, what it did, which articles to mend.', de: 'Wie ehrlich ihre Sicherheit ist und was sie tat.' }, keywords: 'calibration runs ledger confidence', permission: 'ai.read' },
  { to: 'rules', group: 'work', label: { en: 'Automation rules', de: 'Automatisierung' }, icon: Workflow, about: { en: 'When, if, then: route, tag, answer and close tickets by themselves.', de: 'Wenn, falls, dann: Tickets verteilen, markieren, beantworten.' }, keywords: 'routing trigger dry run', permission: 'rules.manage' },
  { to: 'macros', group: 'work', label: { en: 'Macros', de: 'Makros' }, icon: Zap, about: { en: 'Several actions on a ticket in one click.', de: 'Mehrere Aktionen mit einem Klick.' }, permission: 'macros.use' },
  { to: 'canned-responses', group: 'work', label: { en: 'Canned responses', de: 'Textbausteine' }, icon: MessageSquareText, about: { en: 'Texts that are often needed, typed with /.', de: 'Oft gebrauchte Texte, mit / eingefügt.' }, keywords: 'snippets templates', permission: 'macros.use' },
  { to: 'tags', group: 'work', label: { en: 'Tags', de: 'Schlagwörter' }, icon: Tag, about: { en: 'Words on tickets: rename, colour, merge.', de: 'Wörter auf Tickets: umbenennen, färben, zusammenführen.' }, keywords: 'labels', permission: 'fields.manage' },
  { to: 'categories', group: 'work', label: { en: 'Categories', de: 'Kategorien' }, icon: Folder, about: { en: 'What a ticket is about: one per ticket.', de: 'Worum es in einem Ticket geht.' }, permission: 'fields.manage' },
  { to: 'custom-fields', group: 'work', label: { en: 'Custom fields', de: 'Eigene Felder' }, icon: TextCursorInput, about: { en: 'Fields of your own on tickets, customers and companies.', de: 'Eigene Felder an Tickets, Kunden und Firmen.' }, keywords: 'forms', permission: 'fields.manage' },
  { to: 'api-keys', group: 'system', label: { en: 'API keys', de: 'API-Schlüssel' }, icon: KeyRound, about: { en: 'Let programs act, within scopes and until a date.', de: 'Programme handeln lassen, begrenzt und befristet.' }, keywords: 'token curl', permission: 'users.manage' },
  { to: 'audit', group: 'system', label: { en: 'Audit log', de: 'Prüfprotokoll' }, icon: ScrollText, about: { en: 'Who administered what, and who signed in.', de: 'Wer was verwaltet hat und wer sich angemeldet hat.' }, keywords: 'security log export', permission: 'audit.read' },
  { to: 'sla', group: 'work', label: { en: 'Service levels', de: 'Service-Level' }, icon: Timer, about: { en: 'Until when tickets are answered and settled.', de: 'Bis wann Tickets beantwortet und gelöst sind.' }, keywords: 'sla deadline due response resolution priority', permission: 'sla.manage' },
  { to: 'reports', group: 'desk', label: { en: 'Reports', de: 'Berichte' }, icon: ChartColumn, about: { en: 'The time zone whose days are the days of the reports.', de: 'Die Zeitzone, deren Tage die Tage der Berichte sind.' }, keywords: 'time zone day statistics recount rebuild', permission: 'settings.manage' },
  { to: 'calendars', group: 'work', label: { en: 'Business calendars', de: 'Geschäftszeiten' }, icon: CalendarClock, about: { en: 'When your teams work: hours, time zone and holidays.', de: 'Wann Ihre Teams arbeiten: Zeiten, Zeitzone, Feiertage.' }, keywords: 'hours holidays opening time zone', permission: 'sla.manage' },
]
