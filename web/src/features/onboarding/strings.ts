import { defineStrings } from '@/ui/locale'

export const strings = defineStrings(
  {
    title: 'Your way to the first answered ticket',
    progress: (done: number, all: number) => `${done} of ${all} done`,
    done: 'Done',
    skipped: 'Put aside',
    skip: 'Not now',
    takeUp: 'Take up again',
    hide: 'Hide this list',
    go: 'Go there',
    hidden: 'The list is hidden.',
  },
  {
    title: 'Ihr Weg zum ersten beantworteten Ticket',
    progress: (done: number, all: number) => `${done} von ${all} erledigt`,
    done: 'Erledigt',
    skipped: 'Zurückgestellt',
    skip: 'Nicht jetzt',
    takeUp: 'Wieder aufnehmen',
    hide: 'Liste ausblenden',
    go: 'Dorthin',
    hidden: 'Die Liste ist ausgeblendet.',
  },
)
