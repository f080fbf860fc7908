/** All strings of the product, and whether each is translated. */
import { expect, test } from 'vitest'

import type { Strings, Table } from '@/ui/locale'

import { settings } from './navigation'

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

function textsOf(table: Table): string[] {
  // A text with values is shown with an example of each: what counts is how it speaks.
  const spoken = (text: (...values: never[]) => string): string => String((text as (...values: unknown[]) => string)('x', 'x', 'x'))
  return Object.values(table).flatMap((value) =>
    typeof value === 'object' ? textsOf(value) : [typeof value === 'function' ? spoken(value) : value],
  )
}

test('no text shouts, and none is left empty', () => {
  for (const [path, { strings }] of Object.entries(modules)) {
    if (!strings) continue
    for (const text of [...textsOf(strings.en), ...textsOf(strings.de as Table)]) {
      expect(text.trim(), path).not.toBe('')
      expect(text, path).not.toMatch(/!(\s|$)/)
      expect(text, path).not.toMatch(/\b(please note|oops|successfully|invalid)\b/i)
    }
  }
})

test('every page of the settings says in one sentence what it is for, in both languages', () => {
  for (const { to, about, label } of settings) {
    expect(label.de, to).toBeTruthy()
    for (const sentence of [about.en, about.de ?? '']) expect(sentence, to).toMatch(/^[^.]+\.$/)
  }
})
