/** What the composer needs of the field it writes in, be it rich or Markdown. */
import type { Ref } from 'react'

export type Mode = 'reply' | 'note'

/** What is being typed at the caret: `/ret` a canned response, `@an` a colleague, `{{cust` a placeholder. */
export interface Query {
  trigger: '/' | '@' | '{{'
  text: string
}

export type Format = 'bold' | 'italic' | 'code' | 'list' | 'numbered' | 'quote' | 'link'

export interface FieldHandle {
  focus: () => void
  format: (format: Format) => void
  /** The rich field's links; Markdown has them in the text. */
  link?: { get: () => string; set: (href: string) => void }
  /** Puts a text where the query stands. */
  complete: (replacement: string) => void
  /** Where the caret stands in the Markdown; undefined when nobody is writing. */
  caret: () => number | undefined
}

export interface FieldProps {
  ref: Ref<FieldHandle>
  text: string
  onText: (text: string) => void
  label: string
  placeholder: string
  query: Query | null
  onQuery: (query: Query | null) => void
  mayMention: boolean
  /** Which marks hold at the caret, for the toolbar. */
  onActive?: (active: ReadonlySet<Format>) => void
  /** Begin here, writing: what was typed elsewhere goes on. */
  startAt?: number | undefined
}

const QUERY = /(?:^|\s)([/@])([\p{L}\p{N} ._-]{0,40})$|(\{\{) ?(\w{0,40})$/u

/** The query that ends at the caret. `length` counts what it takes up, its trigger included. */
export function queryBefore(text: string, mayMention: boolean): (Query & { length: number }) | null {
  const match = QUERY.exec(text)
  if (!match) return null
  if (match[3]) return { trigger: '{{', text: match[4] ?? '', length: text.length - text.lastIndexOf('{{') }
  if (match[1] === '@' && !mayMention) return null
  return { trigger: match[1] as '/' | '@', text: match[2] ?? '', length: (match[2] ?? '').length + 1 }
}
