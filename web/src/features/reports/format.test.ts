import { expect, test } from 'vitest'

import { formats } from '@/ui/locale'

import { change, shown } from './format'

test('figures read as a person would say them', () => {
  const format = formats('en')
  expect(shown(null, 'count', format)).toBe('–')
  expect(shown(1234, 'count', format)).toBe('1,234')
  expect(shown(42, 'seconds', format)).toBe('42 s')
  expect(shown(5400, 'seconds', format)).toBe('1 h 30 min')
  expect(shown(90, 'minutes', format)).toBe('1 h 30 min')
  expect(shown(98.76, 'percent', format)).toBe('98.8 %')
})

test('less can be better, and nothing to compare with says nothing', () => {
  expect(change(50, 100, 'less')).toEqual({ share: -0.5, verdict: 'better' })
  expect(change(50, 100, 'more')).toEqual({ share: -0.5, verdict: 'worse' })
  expect(change(50, 100, null)?.verdict).toBe('neutral')
  expect(change(100.1, 100, 'more')).toEqual({ share: 0, verdict: 'neutral' })
  expect(change(5, 0, 'more')).toBeNull()
  expect(change(null, 5, 'more')).toBeNull()
})
