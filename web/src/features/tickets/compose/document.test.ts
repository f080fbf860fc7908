import { expect, test } from 'vitest'

import { documentOf, markdownOf } from './document'

const again = (markdown: string): string => markdownOf(documentOf(markdown))
const written = (text: string): string => markdownOf({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] })

test.each([
  ['words', 'Hello Isla,\nthank you.\n\nBye'],
  ['marks', 'It is **very** _important_, ~~not~~ `now`.'],
  ['marks in marks', '**bold _and italic_** and _italic **and bold**_'],
  ['a link', 'Read [how to return](https://help.example/returns?a=1) first'],
  ['a bare address', 'See https://help.example/a_b_c now'],
  ['lists', '- one\n- two\n  - inner\n  - more\n- three'],
  ['numbers', '3. three\n4. four\n   - inner'],
  ['a list of paragraphs', '- one\n\n  more of it\n- two'],
  ['a quote', '> It broke.\n>\n> Again.\n\nSorry!'],
  ['code', '```py\nx = 1\n\ny = "**"\n```'],
  ['headings and rules', '## Steps\n\n---\n\nEnd'],
  ['a mention', 'Hello @[Ana Petrova](0198c0de-0000-7000-8000-000000000001), please look'],
  ['a picture of ours', 'Look: ![the lamp](/attachment/0198c0de-0000-7000-8000-000000000001) here'],
  ['a citation', 'Within 30 days [1].'],
  ['a placeholder', 'Dear {{customer_name}}, your ticket is {{ticket_number}}.'],
])('%s survive the way there and back', (_, markdown) => {
  expect(again(markdown)).toBe(markdown)
})

test.each([
  '2 * 3 * 4 = 24',
  'snake_case_name and __init__',
  '*not italic* and **not bold**',
  '[not](mailto:a@link.example)',
  '`no code`',
  '- no item',
  '1. no item',
  '# no heading',
  '> no quote',
  '---',
  '```',
  '@[Nobody](0198c0de-0000-7000-8000-000000000001)',
  String.raw`C:\temp\*.txt`,
  '~~kept~~',
  '![no](/attachment/0198c0de-0000-7000-8000-000000000001)',
])('what was typed as text stays text: %s', (text) => {
  const document = documentOf(written(text))
  expect(document.content).toHaveLength(1)
  expect(document.content?.[0]?.content).toEqual([{ type: 'text', text }])
})

test('plain sentences are not escaped', () => {
  for (const text of ['Hello! How are you? (fine) #12', 'a_b and 3*4', 'Total: 5.00 - 2.00', 'me@example.com']) expect(written(text)).toBe(text)
})

test('marks do not take the space around a word', () => {
  const bold = { type: 'bold' }
  const content = [{ type: 'text', text: 'a' }, { type: 'text', text: ' b ', marks: [bold] }, { type: 'text', text: 'c' }]
  expect(markdownOf({ type: 'doc', content: [{ type: 'paragraph', content }] })).toBe('a **b** c')
})

test('reading what was written changes nothing more, whatever it was', () => {
  const pieces = ['a', ' ', '*', '_', '`', '[1]', '](', 'https://x.example', '\n', '\n\n', '- ', '1. ', '> ', '#', '~~', '**', '\\', '@', '{{n}}']
  let seed = 7
  const next = (n: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % n
  }
  for (let round = 0; round < 400; round += 1) {
    const text = Array.from({ length: 1 + next(12) }, () => pieces[next(pieces.length)]).join('')
    const once = again(text)
    expect(documentOf(again(once)), JSON.stringify(text)).toEqual(documentOf(once))
  }
})
