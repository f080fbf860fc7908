import type { ReactNode } from 'react'

import { SettingsSection } from '@/ui'

export const PEOPLE = ['Ana Souza', 'Björn Lind', 'Chiara Rossi', 'Dewi Lestari'].map((label) => ({ value: label, label }))

export function Sample({ name, children }: { name: string; children: ReactNode }) {
  return <SettingsSection title={name}>{children}</SettingsSection>
}

export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2.5">{children}</div>
}
