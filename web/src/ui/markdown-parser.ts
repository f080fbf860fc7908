/** A small, safe Markdown: what people write in tickets. Pure; tables and raw HTML stay text. */

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'break' }
  | { type: 'cite'; number: number }
  /** A file of ours; pictures from elsewhere are links, so that nobody learns who reads this. */
  | { type: 'image'; src: string; alt: string }
  | { type: 'mention'; name: string; id: string }
  | { type: 'strong'; inline: Inline[] }
  | { type: 'em'; inline: Inline[] }
  | { type: 'strike'; inline: Inline[] }
  | { type: 'link'; href: string; inline: Inline[] }

export type Block =
  | { type: 'paragraph'; inline: Inline[] }
  | { type: 'heading'; level: number; inline: Inline[] }
  | { type: 'code'; text: string; language?: string }
  | { type: 'quote'; blocks: Block[] }
  | { type: 'list'; isOrdered: boolean; start: number; items: Block[][] }
  | { type: 'rule' }

const ITEM = /^( *)([-*+]|\d{1,4}[.)])[ \t]+(.*)$/
const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+-]*)/
const MAX_DEPTH = 8

export function parseMarkdown(text: string, depth = 0): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  const line = (): string => lines[at] ?? ''
  while (at < lines.length) {
    const fence = FENCE.exec(line())
    if (line().trim() === '') at += 1
    else if (fence) blocks.push(takeCode(fence))
    else if (/^ {0,3}([-*_])( *\1){2,} *$/.test(line())) {
      blocks.push({ type: 'rule' })
      at += 1
    } else if (/^ {0,3}#{1,6} /.test(line())) {
      const [, marks = '', title = ''] = /^ {0,3}(#{1,6}) +(.*?)#* *$/.exec(line()) ?? []
      blocks.push({ type: 'heading', level: marks.length, inline: parseInline(title) })
      at += 1
    } else if (/^ {0,3}>/.test(line()) && depth < MAX_DEPTH) blocks.push(takeQuote())
    else if (ITEM.test(line()) && depth < MAX_DEPTH) blocks.push(takeList())
    else blocks.push(takeParagraph())
  }
  return blocks

  function takeCode(fence: RegExpExecArray): Block {
    const [, mark = '```', language = ''] = fence
    const code: string[] = []
    at += 1
    while (at < lines.length && !line().trim().startsWith(mark)) {
      code.push(line())
      at += 1
    }
    at += 1
    return { type: 'code', text: code.join('\n'), ...(language && { language }) }
  }

  function takeQuote(): Block {
    const inner: string[] = []
    while (/^ {0,3}>/.test(line())) {
      inner.push(line().replace(/^ {0,3}> ?/, ''))
      at += 1
    }
    return { type: 'quote', blocks: parseMarkdown(inner.join('\n'), depth + 1) }
  }

  function takeList(): Block {
    const first = ITEM.exec(line())
    const isOrdered = /\d/.test(first?.[2] ?? '')
    const base = first?.[1]?.length ?? 0
    const width = (first?.[2]?.length ?? 1) + 1
    const items: string[][] = []
    while (at < lines.length) {
      const item = ITEM.exec(line())
      const indent = /^ */.exec(line())?.[0].length ?? 0
      if (item && indent <= base + 1 && /\d/.test(item[2] ?? '') === isOrdered) items.push([item[3] ?? ''])
      else if (line().trim() !== '' && (indent > base + 1 || isLazy())) items.at(-1)?.push(line().slice(Math.min(indent, base + width)))
      else if (line().trim() === '' && startsListLine(lines[at + 1], base)) items.at(-1)?.push('')
      else break
      at += 1
    }
    return {
      type: 'list',
      isOrdered,
      start: Number.parseInt(first?.[2] ?? '1', 10) || 1,
      items: items.map((item) => parseMarkdown(item.join('\n'), depth + 1)),
    }
  }

  function isLazy(): boolean {
    return (lines[at - 1] ?? '').trim() !== '' && !startsBlock(line())
  }

  function takeParagraph(): Block {
    const inner: string[] = [line()]
    at += 1
    while (at < lines.length && line().trim() !== '' && !startsBlock(line())) {
      inner.push(line())
      at += 1
    }
    return { type: 'paragraph', inline: parseInline(inner.map((each) => each.replace(/^ {1,3}/, '')).join('\n')) }
  }
}

function startsBlock(line: string): boolean {
  return FENCE.test(line) || /^ {0,3}(#{1,6} |>)/.test(line) || ITEM.test(line)
}

function startsListLine(line: string | undefined, base: number): boolean {
  return line !== undefined && (ITEM.test(line) || (/^ */.exec(line)?.[0].length ?? 0) > base + 1) && line.trim() !== ''
}

const INLINE = new RegExp(
  [
    String.raw`\\(?<escaped>[\\\x60*_{}[\]()#+\-.!~>|=@])`,
    String.raw`@\[(?<who>[^\]\n]{1,120})\]\((?<whoId>[0-9a-f-]{36})\)`,
    String.raw`(?<code>\x60+)(?<codeText>.+?)\k<code>(?!\x60)`,
    String.raw`!\[(?<alt>[^\]\n]{0,300})\]\((?<src>\/attachment\/[0-9a-f-]{36})\)`,
    String.raw`\[(?<label>[^\]\n]{1,300})\]\((?<href>[^()\s]+(?:\([^()\s]*\)[^()\s]*)?)\)`,
    String.raw`\[(?<cite>\d{1,2})\](?!\()`,
    String.raw`\*\*(?<strong>[^\s*](?:.*?[^\s])?)\*\*`,
    String.raw`~~(?<strike>\S(?:.*?\S)?)~~`,
    String.raw`(?<![\w*])[*](?<em>[^\s*](?:[^*\n]*[^\s*])?)[*](?![\w*])`,
    String.raw`(?<!\w)_(?<under>[^\s_](?:[^_\n]*[^\s_])?)_(?!\w)`,
    String.raw`(?<url>\bhttps?:\/\/[^\s<>"')\]\\]*[^\s<>"')\].,;:!?\\])`,
    String.raw`(?<newline> *\n)`,
  ].join('|'),
  'gs',
)

export function parseInline(text: string, depth = 0): Inline[] {
  if (depth > MAX_DEPTH) return [{ type: 'text', text }]
  const parts: Inline[] = []
  let plain = ''
  let from = 0
  const flush = (): void => {
    if (plain) parts.push({ type: 'text', text: plain })
    plain = ''
  }
  for (const match of text.matchAll(INLINE)) {
    plain += text.slice(from, match.index)
    from = match.index + match[0].length
    const part = match.groups?.escaped ? { type: 'text' as const, text: match.groups.escaped } : partOf(match, depth)
    if (part.type === 'text') plain += part.text
    else {
      flush()
      parts.push(part)
    }
  }
  plain += text.slice(from)
  flush()
  return parts
}

function partOf(match: RegExpMatchArray, depth: number): Inline {
  const found = match.groups ?? {}
  if (found.codeText !== undefined) return { type: 'code', text: found.codeText.trim() }
  if (found.newline !== undefined) return { type: 'break' }
  if (found.src !== undefined) return { type: 'image', src: found.src, alt: found.alt ?? '' }
  if (found.who !== undefined) return { type: 'mention', name: found.who, id: found.whoId ?? '' }
  if (found.cite !== undefined) return { type: 'cite', number: Number(found.cite) }
  if (found.url !== undefined) return { type: 'link', href: found.url, inline: [{ type: 'text', text: found.url }] }
  if (found.strong !== undefined) return { type: 'strong', inline: parseInline(found.strong, depth + 1) }
  if (found.strike !== undefined) return { type: 'strike', inline: parseInline(found.strike, depth + 1) }
  const emphasised = found.em ?? found.under
  if (emphasised !== undefined) return { type: 'em', inline: parseInline(emphasised, depth + 1) }
  const inline = parseInline(found.label ?? '', depth + 1)
  const href = safeHref(found.href ?? '')
  return href ? { type: 'link', href, inline } : { type: 'text', text: match[0] }
}

/** The address when a click on it is harmless. */
export function safeHref(href: string): string | null {
  if (/^(https?:|mailto:|tel:)/i.test(href)) return href
  return /^[/#?](?!\/)/.test(href) ? href : null
}
