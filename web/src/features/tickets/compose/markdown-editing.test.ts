import { describe, expect, it } from 'vitest'

import { continued, linked, prefixed, wrapped } from './markdown-editing'

describe('editing Markdown', () => {
  it('marks a selection and takes the mark off again', () => {
    const bold = wrapped('**')({ text: 'a word here', start: 2, end: 6 })
    expect(bold.text).toBe('a **word** here')
    expect(wrapped('**')(bold).text).toBe('a word here')
  })

  it('numbers lines and un-numbers them', () => {
    const list = prefixed('1. ')({ text: 'one\ntwo', start: 0, end: 7 })
    expect(list.text).toBe('1. one\n2. two')
    expect(prefixed('1. ')(list).text).toBe('one\ntwo')
  })

  it('continues a list and ends it on an empty item', () => {
    expect(continued({ text: '- one', start: 5, end: 5 })?.text).toBe('- one\n- ')
    expect(continued({ text: '3. x', start: 4, end: 4 })?.text).toBe('3. x\n4. ')
    expect(continued({ text: '- one\n- ', start: 8, end: 8 })?.text).toBe('- one\n')
    expect(continued({ text: 'plain', start: 5, end: 5 })).toBeNull()
  })

  it('selects the address of a new link', () => {
    const link = linked({ text: 'see docs', start: 4, end: 8 })
    expect(link.text).toBe('see [docs](https://)')
    expect(link.text.slice(link.start, link.end)).toBe('https://')
  })
})
