/** Pure edits of Markdown text: what the toolbar and the keys do to a selection. */
export interface Selection {
  text: string
  start: number
  end: number
}
export type Edit = (selection: Selection) => Selection

/** Puts a mark around the selection, or takes it off again. */
export function wrapped(mark: string): Edit {
  return ({ text, start, end }) => {
    const chosen = text.slice(start, end)
    const before = text.slice(Math.max(0, start - mark.length), start)
    const after = text.slice(end, end + mark.length)
    if (before === mark && after === mark) {
      const bare = text.slice(0, start - mark.length) + chosen + text.slice(end + mark.length)
      return { text: bare, start: start - mark.length, end: end - mark.length }
    }
    const marked = text.slice(0, start) + mark + chosen + mark + text.slice(end)
    return { text: marked, start: start + mark.length, end: end + mark.length }
  }
}

/** Puts a prefix before each line of the selection, or takes it off when all have it. */
export function prefixed(prefix: string): Edit {
  return ({ text, start, end }) => {
    const from = text.lastIndexOf('\n', start - 1) + 1
    const to = text.indexOf('\n', end) === -1 ? text.length : text.indexOf('\n', end)
    const lines = text.slice(from, to).split('\n')
    const numbered = prefix === '1. '
    const has = (line: string): boolean => (numbered ? /^\d+\. /.test(line) : line.startsWith(prefix))
    const all = lines.every(has)
    const changed = lines.map((line, index) => {
      if (all) return numbered ? line.replace(/^\d+\. /, '') : line.slice(prefix.length)
      return has(line) ? line : (numbered ? `${index + 1}. ` : prefix) + line
    })
    const next = changed.join('\n')
    return { text: text.slice(0, from) + next + text.slice(to), start: from, end: from + next.length }
  }
}

/** Makes a link of the selection, with the address selected to be typed. */
export const linked: Edit = ({ text, start, end }) => {
  const chosen = text.slice(start, end)
  const isUrl = /^https?:\/\//.test(chosen)
  const link = isUrl ? `[](${chosen})` : `[${chosen}](https://)`
  const next = text.slice(0, start) + link + text.slice(end)
  if (isUrl) return { text: next, start: start + 1, end: start + 1 }
  const address = start + chosen.length + 3
  return { text: next, start: address, end: address + 8 }
}

/** After Enter in a list: the next item, or the end of the list on an empty one. Null elsewhere. */
export function continued({ text, start, end }: Selection): Selection | null {
  if (start !== end) return null
  const from = text.lastIndexOf('\n', start - 1) + 1
  const match = /^(\s*)([-*]|\d+\.) (.*)$/.exec(text.slice(from, start))
  if (!match) return null
  const [, indent = '', bullet = '-', content = ''] = match
  if (!content.trim()) return { text: text.slice(0, from) + text.slice(start), start: from, end: from }
  const next = /\d/.test(bullet) ? `${Number.parseInt(bullet) + 1}.` : bullet
  const insertion = `\n${indent}${next} `
  return { text: text.slice(0, start) + insertion + text.slice(end), start: start + insertion.length, end: start + insertion.length }
}
