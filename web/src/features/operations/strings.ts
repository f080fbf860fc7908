import { defineStrings } from '@/ui/locale'

export const strings = defineStrings(
  {
    title: 'Errors',
    about: 'What went wrong inside Deskwell in the last 30 days, grouped by place. Texts that people wrote never stand here.',
    none: 'No errors',
    noneHint: 'Nothing has broken in the last 30 days.',
    what: 'Error',
    where: 'Place',
    source: 'In',
    count: 'Times',
    lastSeen: 'Last seen',
    request: 'Request id',
    dismiss: 'Dismiss',
    web: 'Web',
    worker: 'Worker',
    browser: 'Browser',
  },
  {
    title: 'Fehler',
    about: 'Was in den letzten 30 Tagen in Deskwell schiefging, nach Ort zusammengefasst. Texte von Menschen stehen hier nie.',
    none: 'Keine Fehler',
    what: 'Fehler',
    where: 'Ort',
    count: 'Anzahl',
    lastSeen: 'Zuletzt',
    dismiss: 'Ausblenden',
  },
)
