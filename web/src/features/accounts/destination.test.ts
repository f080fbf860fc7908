import { expect, test } from 'vitest'

import { destination } from './destination'

test('sign-in leads to the page that was asked for when the role may see it', () => {
  const customer = { role: 'customer' } as const
  expect(destination(customer, '/portal/tickets/7')).toBe('/portal/tickets/7')
  expect(destination({ role: 'agent' }, '/app?view=mine')).toBe('/app?view=mine')
})

test('sign-in never leads to another site or to a page of another role', () => {
  const customer = { role: 'customer' } as const
  for (const next of ['//evil.example', 'https://evil.example', '/app/settings', '/portalx', null]) {
    expect(destination(customer, next)).toBe('/portal')
  }
})
