/**
 * Markdown to the rich editor's document and back. It reads what our own parser reads, so that an agent writes
 * exactly what the customer will see; marks nobody meant are escaped, and only those.
 */
import type { JSONContent } from '@tiptap/core'

import { parseInline, parseMarkdown, type Block, type Inline } from '@/ui/markdown-parser'

type Mark = NonNullable<JSONContent['marks']>[number]

const EMPTY: JSONContent = { type: 'paragraph' }

export function documentOf(markdown: string): JSONContent {
  const content = parseMarkdown(markdown).map(nodeOf)
  return { type: 'doc', content: content.length > 0 ? content : [EMPTY] }
}

function nodeOf(block: Block): JSONContent {
  switch (block.type) {
    case 'paragraph':
      return { type: 'paragraph', content: inlineNodes(block.inline) }
    case 'heading':
      return { type: 'heading', attrs: { level: block.level }, content: inlineNodes(block.inline) }
    case 'code':
      return { type: 'codeBlock', attrs: { language: block.language ?? null }, content: texts(block.text) }
    case 'quote':
      return { type: 'blockquote', content: block.blocks.length > 0 ? block.blocks.map(nodeOf) : [EMPTY] }
    case 'rule':
      return { type: 'horizontalRule' }
    case 'list': {
      const content = block.items.map((item) => ({ type: 'listItem', content: itemContent(item) }))
      return block.isOrdered ? { type: 'orderedList', attrs: { start: block.start }, content } : { type: 'bulletList', content }
    }
  }
}

/** An item begins with a paragraph. */
function itemContent(blocks: Block[]): JSONContent[] {
  const nodes = blocks.map(nodeOf)
  return nodes[0]?.type === 'paragraph' ? nodes : [EMPTY, ...nodes]
}

function texts(text: string, marks: Mark[] = []): JSONContent[] {
  return text ? [{ type: 'text', text, ...(marks.length > 0 && { marks }) }] : []
}

function inlineNodes(parts: Inline[], marks: Mark[] = []): JSONContent[] {
  return parts.flatMap((part): JSONContent[] => {
    switch (part.type) {
      case 'text':
        return texts(part.text, marks)
      case 'code':
        return texts(part.text, [{ type: 'code' }])
      case 'break':
        return [{ type: 'hardBreak' }]
      case 'cite':
        return texts(`[${part.number}]`, marks)
      case 'image':
        return [{ type: 'image', attrs: { src: part.src, alt: part.alt } }]
      case 'mention':
        return [{ type: 'mention', attrs: { id: part.id, name: part.name } }]
      case 'strong':
        return inlineNodes(part.inline, [...marks, { type: 'bold' }])
      case 'em':
        return inlineNodes(part.inline, [...marks, { type: 'italic' }])
      case 'strike':
        return inlineNodes(part.inline, [...marks, { type: 'strike' }])
      case 'link':
        return inlineNodes(part.inline, [...marks, { type: 'link', attrs: { href: part.href } }])
    }
  })
}

export function markdownOf(document: JSONContent): string {
  return blocksOf(document.content ?? [])
}

function blocksOf(nodes: JSONContent[]): string {
  return nodes
    .map(blockOf)
    .filter((block) => block !== '')
    .join('\n\n')
}

function blockOf(node: JSONContent): string {
  const content = node.content ?? []
  switch (node.type) {
    case 'heading':
      return `${'#'.repeat(Number(node.attrs?.level ?? 1))} ${inlineOf(content).replaceAll('\n', ' ')}`
    case 'codeBlock':
      return fenced(content.map((child) => child.text ?? '').join(''), String(node.attrs?.language ?? ''))
    case 'blockquote':
      return prefixed(blocksOf(content), '> ', '> ')
    case 'horizontalRule':
      return '---'
    case 'bulletList':
      return content.map((item) => itemOf(item, '- ')).join('\n')
    case 'orderedList': {
      const start = Number(node.attrs?.start ?? 1)
      return content.map((item, index) => itemOf(item, `${start + index}. `)).join('\n')
    }
    default:
      return inlineOf(content).split('\n').map(escapedStart).join('\n').trim()
  }
}

function itemOf(item: JSONContent, bullet: string): string {
  const [first, ...rest] = item.content ?? []
  const blocks = [first ? blockOf(first) : '']
  // A list inside an item follows at once; a second paragraph needs a line between.
  for (const node of rest) blocks.push(node.type?.endsWith('List') ? blockOf(node) : `\n${blockOf(node)}`)
  return prefixed(blocks.join('\n'), bullet, ' '.repeat(bullet.length))
}

function prefixed(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? first + line : (others + line).trimEnd()))
    .join('\n')
}

function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${code}\n${fence}`
}

const ORDER = ['link', 'bold', 'italic', 'strike', 'code']
const SIGN: Record<string, string> = { bold: '**', italic: '_', strike: '~~' }

/** Inline nodes as text: the mark that goes on longest is the outermost. */
function inlineOf(nodes: JSONContent[], taken: readonly string[] = []): string {
  let out = ''
  for (let at = 0; at < nodes.length; ) {
    const mark = outermost(nodes, at, taken)
    const end = mark ? runOf(nodes, at, mark.type) : at + 1
    const run = nodes.slice(at, end)
    const next = nodes[end]?.text?.[0] ?? ''
    out += mark ? marked(run, mark, [...taken, mark.type], out, next) : leafOf(run[0] as JSONContent, nodes.length > 1)
    at = end
  }
  return out
}

function outermost(nodes: JSONContent[], at: number, taken: readonly string[]): Mark | undefined {
  const open = (nodes[at]?.marks ?? []).filter((mark) => !taken.includes(mark.type))
  return open.toSorted((a, b) => runOf(nodes, at, b.type) - runOf(nodes, at, a.type) || ORDER.indexOf(a.type) - ORDER.indexOf(b.type))[0]
}

function runOf(nodes: JSONContent[], at: number, type: string): number {
  const href = (node: JSONContent | undefined): unknown => node?.marks?.find((mark) => mark.type === type)?.attrs?.href
  const has = (node: JSONContent | undefined): boolean => Boolean(node?.marks?.some((mark) => mark.type === type))
  let end = at
  while (end < nodes.length && has(nodes[end]) && href(nodes[end]) === href(nodes[at])) end += 1
  return end
}

function marked(run: JSONContent[], mark: Mark, taken: readonly string[], before: string, next: string): string {
  if (mark.type === 'code') return coded(run.map((node) => node.text ?? '').join(''))
  const inner = inlineOf(run, taken)
  if (mark.type === 'link') return linked(inner, String(mark.attrs?.href ?? ''), run)
  const sign = SIGN[mark.type]
  const [, lead = '', core = '', tail = ''] = /^(\s*)(.*?)(\s*)$/s.exec(inner) ?? []
  // A mark around nothing, over two lines, or within a word would be read as text.
  const isInWord = mark.type === 'italic' && ((!lead && /\w$/.test(before)) || (!tail && /^\w/.test(next)))
  return sign && core && !isInWord && !core.includes('\n') ? `${lead}${sign}${core}${sign}${tail}` : inner
}

function coded(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`
}

function linked(label: string, href: string, run: JSONContent[]): string {
  const text = run.map((node) => node.text ?? '').join('')
  const address = href.replaceAll(' ', '%20').replaceAll('(', '%28').replaceAll(')', '%29')
  if (text === href && isPlain(text)) return href
  return `[${label.replaceAll('\n', ' ').replaceAll(/\\?\[/g, '(').replaceAll(/\\?\]/g, ')')}](${address})`
}

function leafOf(node: JSONContent, hasNeighbours: boolean): string {
  if (node.type === 'hardBreak') return '\n'
  if (node.type === 'image') return `![${String(node.attrs?.alt ?? '').replaceAll(/[[\]\n]/g, ' ')}](${String(node.attrs?.src)})`
  if (node.type === 'mention') return `@[${String(node.attrs?.name)}](${String(node.attrs?.id)})`
  const text = node.text ?? ''
  const isSafe = isPlain(text) && !(hasNeighbours && /[*_~`]/.test(text))
  return isSafe ? text : text.split(/(https?:\/\/[^\s\\\])]+)/).map((part, index) => (index % 2 ? part : part.replaceAll(/[\\`*_[\]~]/g, String.raw`\$&`))).join('')
}

/** Whether the text, read as Markdown, is nothing but itself. */
function isPlain(text: string): boolean {
  if (/\*\S.*\*|\\/.test(text)) return false
  return parseInline(text).every((part) => part.type === 'text' || part.type === 'cite' || (part.type === 'link' && part.inline[0]?.type === 'text' && part.inline[0].text === part.href && !text.includes(`](${part.href})`)))
}

/** A line that begins like a list, a heading, a quote, a rule or code, and is none. */
function escapedStart(line: string): string {
  return line
    .trimStart()
    .replace(/^([-+]|#{1,6})(?=\s|$)/, String.raw`\$1`)
    .replace(/^\*(?=\s)/, String.raw`\*`)
    .replace(/^(\d{1,4})([.)])(?=\s)/, String.raw`$1\$2`)
    .replace(/^(>|`{3}|~{3}|={3,}$|(?=([-*_])( *\2){2,} *$)[-*_])/, String.raw`\$1`)
}
