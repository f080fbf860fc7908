import { useImperativeHandle, useLayoutEffect, useRef } from 'react'

import { queryBefore, type FieldProps, type Format } from './field'
import { continued, linked, prefixed, wrapped, type Edit } from './markdown-editing'

const EDITS: Record<Format, Edit> = {
  bold: wrapped('**'),
  italic: wrapped('_'),
  code: wrapped('`'),
  list: prefixed('- '),
  numbered: prefixed('1. '),
  quote: prefixed('> '),
  link: linked,
}
const BY_KEY: Record<string, Format> = { b: 'bold', i: 'italic', e: 'code' }

/** Markdown as it is kept. There at once, while the rich field is still on its way. */
export function PlainField({ ref, text, onText, label, placeholder, query, onQuery, mayMention, startAt }: FieldProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const edit = (change: Edit): void => {
    const field = area.current
    if (!field) return
    const next = change({ text, start: field.selectionStart, end: field.selectionEnd })
    onText(next.text)
    requestAnimationFrame(() => {
      field.focus()
      field.setSelectionRange(next.start, next.end)
    })
  }
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    format: (format) => edit(EDITS[format]),
    complete: (replacement) => {
      const field = area.current
      const end = field?.selectionStart ?? text.length
      const start = end - (queryBefore(text.slice(0, end), mayMention)?.length ?? 0)
      edit(() => ({ text: text.slice(0, start) + replacement + text.slice(end), start: start + replacement.length, end: start + replacement.length }))
    },
    caret: () => (document.activeElement === area.current ? area.current?.selectionEnd : undefined),
  }))
  useLayoutEffect(() => grow(area.current), [text])
  useLayoutEffect(() => {
    if (startAt === undefined) return
    area.current?.focus()
    area.current?.setSelectionRange(startAt, startAt)
  }, [startAt])
  return (
    <textarea
      ref={area}
      value={text}
      rows={2}
      aria-label={label}
      placeholder={placeholder}
      className="block max-h-80 min-h-20 w-full resize-none bg-transparent px-3.5 py-2 text-base outline-none placeholder:text-faint"
      onChange={(event) => {
        const { value, selectionStart } = event.target
        onText(value)
        onQuery(queryBefore(value.slice(0, selectionStart), mayMention))
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          if (query) onQuery(null)
          else event.currentTarget.blur()
          event.stopPropagation()
        }
        const format = event.ctrlKey || event.metaKey ? BY_KEY[event.key.toLowerCase()] : undefined
        if (format) {
          event.preventDefault()
          edit(EDITS[format])
        }
        if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !query) {
          const { selectionStart: start, selectionEnd: end } = event.currentTarget
          const next = continued({ text, start, end })
          if (next) {
            event.preventDefault()
            edit(() => next)
          }
        }
      }}
    />
  )
}

function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return
  field.style.height = 'auto'
  field.style.height = `${Math.min(field.scrollHeight, 320)}px`
}
