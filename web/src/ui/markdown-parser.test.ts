import { expect, test } from 'vitest'

import { parseInline, parseMarkdown, safeHref } from './markdown-parser'

test('links that would run a script stay text', () => {
  for (const href of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.example']) {
    expect(safeHref(href)).toBeNull()
    expect(parseInline(`[click](${href})`).some((part) => part.type === 'link')).toBe(false)
  }
  expect(safeHref('https://example.com')).toBe('https://example.com')
  expect(safeHref('/help/a')).toBe('/help/a')
  expect(safeHref('mailto:ada@example.com')).toBe('mailto:ada@example.com')
})

test('HTML is text', () => {
  expect(parseMarkdown('<img src=x onerror=alert(1)>')).toEqual([
    { type: 'paragraph', inline: [{ type: 'text', text: '<img src=x onerror=alert(1)>' }] },
  ])
})

test('paragraphs, lists, quotes and code are told apart', () => {
  const blocks = parseMarkdown('Hello\nyou\n\n1. one\n2. two\n   - inner\n\n> said\n\n```py\nx = 1\n```\n---\n# End')
  expect(blocks.map((block) => block.type)).toEqual(['paragraph', 'list', 'quote', 'code', 'rule', 'heading'])
  const list = blocks[1]
  if (list?.type !== 'list') throw new Error('no list')
  expect(list.isOrdered).toBe(true)
  expect(list.items).toHaveLength(2)
  expect(list.items[1]?.map((block) => block.type)).toEqual(['paragraph', 'list'])
})

test('emphasis needs words around it, so that sums and names stay as they are', () => {
  const text = '2 * 3 * 4 and snake_case_name and __init__'
  expect(parseInline(text).filter((part) => part.type === 'em')).toEqual([])
  expect(parseInline('a *b* **c** ~~d~~').map((part) => part.type)).toEqual([
    'text',
    'em',
    'text',
    'strong',
    'text',
    'strike',
  ])
})

test('a bare address becomes a link without the full stop behind it', () => {
  const link = parseInline('See https://example.com/a_b. Thanks').find((part) => part.type === 'link')
  expect(link?.href).toBe('https://example.com/a_b')
})

test('a citation is a number in brackets, not the label of a link', () => {
  expect(parseInline('Within 30 days [1]. [2](https://x.example)').map((part) => part.type)).toEqual([
    'text',
    'cite',
    'text',
    'link',
  ])
})

test('a file of ours is a picture, one from elsewhere a link', () => {
  const own = parseInline('![Screen](/attachment/0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000)')
  expect(own).toEqual([{ type: 'image', src: '/attachment/0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000', alt: 'Screen' }])
  expect(parseInline('![x](https://evil.example/p.png)').map((part) => part.type)).toEqual(['text', 'link'])
})

test('deep nesting and long lines end', () => {
  const start = performance.now()
  parseMarkdown('>'.repeat(5000))
  parseMarkdown('**'.repeat(20_000))
  parseMarkdown('['.repeat(20_000))
  parseMarkdown(`${'- '.repeat(200)}x`)
  expect(performance.now() - start).toBeLessThan(3000)
})
