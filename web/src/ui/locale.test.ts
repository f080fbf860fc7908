import { expect, test } from 'vitest'

import { defineStrings, formats, stringsFor } from './locale'

test('each language has its own words', () => {
  const strings = defineStrings({ a: 'one', b: { c: 'two' } }, { a: 'eins', b: { c: 'zwei' } })
  expect(stringsFor(strings, 'en')).toEqual({ a: 'one', b: { c: 'two' } })
  expect(stringsFor(strings, 'de')).toEqual({ a: 'eins', b: { c: 'zwei' } })
})

test('times are near in words and far as dates', () => {
  const { relative } = formats('en')
  const now = Date.parse('2026-11-24T12:00:00Z')
  expect(relative('2026-11-24T11:59:40Z', now)).toBe('now')
  expect(relative('2026-11-24T11:55:00Z', now)).toBe('5 min. ago')
  expect(relative('2026-11-24T14:00:00Z', now)).toBe('in 2 hr.')
  expect(relative('2026-11-23T12:00:00Z', now)).toBe('yesterday')
  expect(relative('2026-09-01T12:00:00Z', now)).toBe('Sep 1')
  expect(relative('2024-09-01T12:00:00Z', now)).toBe('Sep 1, 2024')
})

test('durations and sizes are short', () => {
  const { duration, bytes } = formats('en')
  expect([duration(5), duration(60), duration(135), duration(60 * 26)]).toEqual(['5 min', '1 h', '2 h 15 min', '1 d 2 h'])
  expect([bytes(512), bytes(48_200), bytes(10_485_760)]).toEqual(['512 B', '48.2 kB', '10.5 MB'])
})
