/** All strings of the product, and how much of them is translated. */
import { expect, test } from 'vitest'

import type { Strings, Table } from '@/ui/locale'

const modules = import.meta.glob<{ strings?: Strings<Table> }>('../**/strings.ts', { eager: true })
const PROOF = ['../ui/', './', '../features/accounts/', '../features/portal/']

function keysOf(table: Table, prefix = ''): string[] {
  return Object.entries(table).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  )
}

test('every catalogue has English words', () => {
  expect(Object.keys(modules).length).toBeGreaterThan(3)
  for (const [path, { strings }] of Object.entries(modules)) {
    expect(strings && keysOf(strings.en).length, path).toBeGreaterThan(0)
  }
})

test('German is complete where customers read', () => {
  for (const [path, { strings }] of Object.entries(modules)) {
    const isProof = PROOF.some((folder) => path === `${folder}strings.ts`)
    if (!isProof || !strings) continue
    const german = new Set(keysOf(strings.de as Table))
    const missing = keysOf(strings.en).filter((key) => !german.has(key))
    // "#12" needs no translation.
    expect(missing.filter((key) => key !== 'number'), path).toEqual([])
  }
})
