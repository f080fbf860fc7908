import { Editor } from '@tiptap/core'
import { Fragment, Slice } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import { useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef } from 'react'

import { documentOf, markdownOf } from './document'
import { extensions } from './extensions'
import { queryBefore, type FieldProps, type Format } from './field'

const MARKS: [Format, string][] = [
  ['bold', 'bold'],
  ['italic', 'italic'],
  ['code', 'code'],
  ['link', 'link'],
  ['list', 'bulletList'],
  ['numbered', 'orderedList'],
  ['quote', 'blockquote'],
]

/** Rich text that is Markdown when it is kept. The libraries behind it are loaded when somebody begins to write. */
export default function RichField(props: FieldProps) {
  const { ref, text, startAt } = props
  const place = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor | null>(null)
  const own = useRef(text)

  const changed = useEffectEvent((of: Editor) => {
    own.current = markdownOf(of.getJSON())
    props.onText(own.current)
  })
  const moved = useEffectEvent((of: Editor) => {
    props.onQuery(of.isFocused ? queryBefore(textBefore(of), props.mayMention) : null)
    props.onActive?.(new Set(MARKS.filter(([, name]) => of.isActive(name)).map(([format]) => format)))
  })
  const escaped = useEffectEvent((of: Editor) => {
    if (props.query) props.onQuery(null)
    else of.commands.blur()
  })
  const placeholder = useEffectEvent(() => props.placeholder)
  const begin = useEffectEvent((element: HTMLElement) => {
    const made = new Editor({
      element,
      injectCSS: false, // our own rules: the server's CSP allows no styles from scripts
      extensions: extensions(() => placeholder()),
      content: documentOf(text),
      editorProps: {
        attributes: { class: 'rich-text', role: 'textbox', 'aria-multiline': 'true' },
        handleKeyDown: (_view, event) => {
          if (event.key !== 'Escape') return false
          escaped(made)
          event.stopPropagation()
          return true
        },
        // Ctrl+Enter is a shortcut of the page; the editor would swallow it.
        handleDOMEvents: { keydown: (_view, event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) },
        // Files belong to the message, not into the text; the drop area around the field takes them.
        handlePaste: (_view, event) => (event.clipboardData?.files.length ?? 0) > 0,
        handleDrop: (_view, event) => (event.dataTransfer?.files.length ?? 0) > 0,
        clipboardTextParser: (pasted, _context, _isPlain, view) =>
          Slice.maxOpen(Fragment.from(view.state.schema.nodeFromJSON(documentOf(pasted)).content)),
        clipboardTextSerializer: (slice) => markdownOf({ type: 'doc', content: slice.content.toJSON() as [] }),
      },
      onUpdate: ({ editor: of }) => changed(of),
      onSelectionUpdate: ({ editor: of }) => moved(of),
      onTransaction: ({ editor: of, transaction }) => {
        if (transaction.docChanged || transaction.storedMarksSet) moved(of)
      },
      onBlur: () => props.onQuery(null),
    })
    return made
  })
  const goOn = useEffectEvent((of: Editor) => {
    if (startAt === undefined) return
    // A line break at the end is a paragraph to write in.
    if (/\n\s*$/.test(text.slice(0, startAt)) && startAt >= text.length && text.trim()) of.commands.insertContentAt(of.state.doc.content.size, { type: 'paragraph' })
    const before = of.schema.nodeFromJSON(documentOf(text.slice(0, startAt)))
    const at = startAt >= text.length ? of.state.doc.content.size : TextSelection.atEnd(before).from
    of.view.dispatch(of.state.tr.setSelection(TextSelection.near(of.state.doc.resolve(Math.min(at, of.state.doc.content.size)), -1)))
    of.view.focus()
  })
  // Before the next key, so that none is lost between the two fields.
  useLayoutEffect(() => {
    if (!place.current) return
    const made = begin(place.current)
    editor.current = made
    goOn(made)
    return () => {
      editor.current = null
      made.destroy()
    }
  }, [])
  useLayoutEffect(() => {
    editor.current?.view.dom.setAttribute('aria-label', props.label)
    editor.current?.view.dispatch(editor.current.state.tr) // draws the placeholder anew
  }, [props.label, props.placeholder])
  useEffect(() => {
    if (text === own.current || !editor.current) return
    own.current = text
    editor.current.commands.setContent(documentOf(text), { emitUpdate: false })
    editor.current.commands.setTextSelection(editor.current.state.doc.content.size)
  }, [text])
  useImperativeHandle(ref, () => ({
    focus: () => editor.current?.view.focus(),
    format: (format) => editor.current && apply(editor.current, format),
    link: {
      get: () => String(editor.current?.getAttributes('link').href ?? ''),
      set: (href) => editor.current && setLink(editor.current, href),
    },
    complete: (replacement) => editor.current && complete(editor.current, replacement, props.mayMention),
    caret: () => (editor.current?.isFocused ? caretOf(editor.current) : undefined),
  }))
  return <div ref={place} className="max-h-80 min-h-20 overflow-y-auto px-3.5 py-2 text-base" />
}

function textBefore(editor: Editor): string {
  const { $from, empty } = editor.state.selection
  return empty ? $from.parent.textBetween(0, $from.parentOffset, '\n', '\uFFFC') : ''
}

function caretOf(editor: Editor): number {
  const { doc, selection } = editor.state
  return markdownOf(doc.cut(0, selection.from).toJSON() as object).length
}

function apply(editor: Editor, format: Format): void {
  const chain = editor.chain().focus()
  if (format === 'bold') chain.toggleBold().run()
  if (format === 'italic') chain.toggleItalic().run()
  if (format === 'code') chain.toggleCode().run()
  if (format === 'list') chain.toggleBulletList().run()
  if (format === 'numbered') chain.toggleOrderedList().run()
  if (format === 'quote') chain.toggleBlockquote().run()
}

function setLink(editor: Editor, href: string): void {
  const chain = editor.chain().focus()
  if (!href) chain.extendMarkRange('link').unsetLink().run()
  else if (editor.state.selection.empty && !editor.isActive('link')) {
    chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run()
  } else chain.extendMarkRange('link').setLink({ href }).run()
}

/** Puts Markdown where the query stands: one line into the line, more as paragraphs of their own. */
function complete(editor: Editor, replacement: string, mayMention: boolean): void {
  const length = queryBefore(textBefore(editor), mayMention)?.length ?? 0
  const { from } = editor.state.selection
  const content = documentOf(replacement).content ?? []
  const [only] = content
  const isLine = content.length === 1 && only?.type === 'paragraph'
  const added = isLine ? [...(only.content ?? [])] : content
  editor.chain().focus().deleteRange({ from: from - length, to: from }).insertContent(added).run()
}
