import { defineStrings } from '@/ui/locale'

export const strings = defineStrings(
  {
    noFiles: 'No files yet. Drop one onto the reply.',
    open: (name: string) => `Open ${name}`,
    picture: (n: number, of: number) => `Picture ${n} of ${of}`,
    next: 'Next picture',
    previous: 'Previous picture',
    download: 'Download',
    close: 'Close',
    remove: 'Remove file',
    removeTitle: 'Remove this file?',
    removeHint: (name: string) => `“${name}” will be gone for good.`,
    removed: 'The file is removed',
    notRemoved: 'Not removed',
    internal: 'Only staff see this file',
  },
  {
    noFiles: 'Noch keine Dateien. Ziehen Sie eine auf die Antwort.',
    open: (name: string) => `${name} öffnen`,
    picture: (n: number, of: number) => `Bild ${n} von ${of}`,
    next: 'Nächstes Bild',
    previous: 'Voriges Bild',
    download: 'Herunterladen',
    close: 'Schließen',
    remove: 'Datei entfernen',
    removeTitle: 'Diese Datei entfernen?',
    removeHint: (name: string) => `„${name}“ ist dann endgültig weg.`,
    removed: 'Die Datei ist entfernt',
    notRemoved: 'Nicht entfernt',
    internal: 'Nur Mitarbeiter sehen diese Datei',
  },
)
