import { defineStrings } from '@/ui/locale'

export const strings = defineStrings(
  {
    notifications: 'Notifications',
    unread: (n: number) => (n >= 100 ? '99+ unread' : `${n} unread`),
    hint: 'What concerns you: mentions, assignments, replies and deadlines.',
    onlyUnread: 'Unread',
    all: 'All',
    markAll: 'Mark all as read',
    markRead: 'Mark as read',
    markUnread: 'Mark as unread',
    none: 'Nothing new',
    noneHint: 'When somebody mentions you or gives you a ticket, it appears here.',
    seeAll: 'See all notifications',
    preferences: 'Notification settings',
    preferencesHint: 'Choose what you hear of, and how. What you did yourself is never told to you.',
    event: 'What happens',
    inApp: 'In Deskwell',
    byMail: 'By mail',
    inAppFor: (label: string) => `${label}: in Deskwell`,
    byMailFor: (label: string) => `${label}: by mail`,
  },
  {
    notifications: 'Benachrichtigungen',
    onlyUnread: 'Ungelesen',
    all: 'Alle',
    markAll: 'Alle als gelesen markieren',
    none: 'Nichts Neues',
    preferences: 'Benachrichtigungen einstellen',
    byMail: 'Per E-Mail',
  },
)
