/** What the toolbar does to a text: pure, so that each button is one line and easy to test. */

export interface Edit {
  text: string
  from: number
  to: number
}

/** Puts marks around the selection, or takes them away when they are there. */
export function wrap({ text, from, to }: Edit, mark: string, placeholder: string): Edit {
  const selected = text.slice(from, to)
  const before = text.slice(0, from)
  const after = text.slice(to)
  if (before.endsWith(mark) && after.startsWith(mark) && selected) {
    return {
      text: before.slice(0, -mark.length) + selected + after.slice(mark.length),
      from: from - mark.length,
      to: to - mark.length,
    }
  }
  const inner = selected || placeholder
  return { text: before + mark + inner + mark + after, from: from + mark.length, to: from + mark.length + inner.length }
}

/** Begins each selected line with a prefix, or takes it away when all have it; `#` counts lines. */
export function prefix({ text, from, to }: Edit, sign: string): Edit {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const stop = text.indexOf('\n', to)
  const end = stop === -1 ? text.length : stop
  const lines = text.slice(start, end).split('\n')
  const signOf = (index: number): string => sign.replace('%', String(index + 1))
  const haveAll = lines.every((line, index) => line.startsWith(signOf(index)))
  const changed = lines.map((line, index) => (haveAll ? line.slice(signOf(index).length) : signOf(index) + line)).join('\n')
  return { text: text.slice(0, start) + changed + text.slice(end), from: start, to: start + changed.length }
}

/** Puts a block on lines of its own and selects the part that is to be typed over. */
export function insertBlock({ text, from, to }: Edit, block: string, selected = ''): Edit {
  const before = text.slice(0, from).replace(/\n*$/, '')
  const after = text.slice(to).replace(/^\n*/, '')
  const lead = before ? `${before}\n\n` : ''
  const at = selected ? lead.length + block.indexOf(selected) : lead.length + block.length
  return { text: `${lead}${block}${after ? `\n\n${after}` : '\n'}`, from: at, to: at + selected.length }
}

export function insertLink({ text, from, to }: Edit, address: string): Edit {
  const label = text.slice(from, to) || 'link'
  const written = `[${label}](${address})`
  const at = from + label.length + 3
  return { text: text.slice(0, from) + written + text.slice(to), from: at, to: at + address.length }
}

/** Replaces a piece of text wherever it stands now, keeping the cursor where it was. */
export function replaceText({ text, from, to }: Edit, old: string, next: string): Edit {
  const at = text.indexOf(old)
  if (at === -1) return { text, from, to }
  const shift = (position: number): number => (position > at ? position + next.length - old.length : position)
  return { text: text.slice(0, at) + next + text.slice(at + old.length), from: shift(from), to: shift(to) }
}

/** Enter within a list begins its next item; on an empty item it ends the list. */
export function continueList({ text, from, to }: Edit): Edit | null {
  if (from !== to) return null
  const start = text.lastIndexOf('\n', from - 1) + 1
  const line = text.slice(start, from)
  const match = /^(\s*)(?:([-*+])|(\d+)([.)]))( \[[ xX]\])? (.*)$/.exec(line)
  if (!match) return null
  const [, indent = '', bullet, number, dot = '', box = '', content = ''] = match
  if (!content.trim()) return { text: text.slice(0, start) + text.slice(from), from: start, to: start }
  const sign = bullet ?? `${Number(number) + 1}${dot}`
  const next = `\n${indent}${sign}${box ? ' [ ]' : ''} `
  return { text: text.slice(0, from) + next + text.slice(to), from: from + next.length, to: from + next.length }
}
