/** All strings of the product, and whether each is translated. */
import { expect, test } from 'vitest'

import type { Strings, Table } from '@/ui/locale'

const modules = import.meta.glob<{ strings?: Strings<Table> }>('../**/*strings.ts', { eager: true })

function keysOf(table: Table, prefix = ''): string[] {
  return Object.entries(table).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  )
}

test('every catalogue is seen', () => {
  expect(Object.keys(modules).length).toBeGreaterThan(20)
  for (const [path, { strings }] of Object.entries(modules)) expect(strings, path).toBeDefined()
})

test('every English text has a German one', () => {
  for (const [path, { strings }] of Object.entries(modules)) {
    if (!strings) continue
    const german = new Set(keysOf(strings.de as Table))
    expect(keysOf(strings.en).filter((key) => !german.has(key)), path).toEqual([])
  }
})
