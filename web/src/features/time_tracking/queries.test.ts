import { expect, test } from 'vitest'

import { parseMinutes } from './queries'

test.each([
  ['90', 90],
  ['1:30', 90],
  ['1h 30m', 90],
  ['1.5h', 90],
  ['1,5 h', 90],
  ['2 hours', 120],
  ['45 min', 45],
  ['1h30', 90],
  ['0', null],
  ['', null],
  ['soon', null],
  ['1:75', null],
  ['-5', null],
])('%s is read as %s minutes', (text, minutes) => {
  expect(parseMinutes(text)).toBe(minutes)
})
