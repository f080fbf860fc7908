import { describe, expect, it } from 'vitest'

import { continueList, insertBlock, insertLink, prefix, replaceText, wrap } from './editing'

const at = (text: string, from = text.length, to = from) => ({ text, from, to })

describe('editing', () => {
  it('puts marks around the selection and takes them away again', () => {
    const bold = wrap(at('a word here', 2, 6), '**', 'bold')
    expect(bold).toEqual({ text: 'a **word** here', from: 4, to: 8 })
    expect(wrap(bold, '**', 'bold').text).toBe('a word here')
  })
  it('numbers each line and takes the numbers away again', () => {
    const list = prefix(at('one\ntwo', 0, 7), '%. ')
    expect(list.text).toBe('1. one\n2. two')
    expect(prefix(list, '%. ').text).toBe('one\ntwo')
  })
  it('keeps a blank line around a block and selects what is to be typed', () => {
    const edit = insertBlock(at('a\nb', 1), '> [!TIP]\n> Text', 'Text')
    expect(edit.text).toBe('a\n\n> [!TIP]\n> Text\n\nb')
    expect(edit.text.slice(edit.from, edit.to)).toBe('Text')
  })
  it('selects the address of a new link', () => {
    const edit = insertLink(at('see here', 4, 8), 'https://')
    expect(edit.text).toBe('see [here](https://)')
    expect(edit.text.slice(edit.from, edit.to)).toBe('https://')
  })
  it('replaces a placeholder without moving the cursor off its word', () => {
    expect(replaceText(at('![…] tail', 9), '![…]', '![picture](/x)')).toEqual({ text: '![picture](/x) tail', from: 19, to: 19 })
  })
  it('goes on with a list and ends it on an empty item', () => {
    expect(continueList(at('1. one'))?.text).toBe('1. one\n2. ')
    expect(continueList(at('- [x] done'))?.text).toBe('- [x] done\n- [ ] ')
    expect(continueList(at('- one\n- '))?.text).toBe('- one\n')
    expect(continueList(at('plain'))).toBeNull()
  })
})
