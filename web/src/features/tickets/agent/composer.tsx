import { Bold, Code, Eye, Italic, Link2, List, ListOrdered, Lock, Paperclip, Pencil, Reply } from 'lucide-react'
import { useEffect, useImperativeHandle, useRef, useState, type ComponentType, type ReactNode, type Ref } from 'react'

import { Banner } from '@/ui/banner'
import { Button, IconButton } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { FileDrop, FilePicker, UploadList, type Upload } from '@/ui/files'
import { useStrings } from '@/ui/locale'
import { Markdown } from '@/ui/markdown'
import { useCommands } from '@/ui/shortcuts'
import { SplitButton } from '@/ui/split-button'

import { continued, linked, prefixed, wrapped, type Edit } from './markdown-editing'
import { strings } from './strings'

export type Mode = 'reply' | 'note'

export interface ComposerHandle {
  open: (mode: Mode) => void
  insert: (text: string) => void
  replace: (text: string) => void
}

export interface ComposerProps {
  ref?: Ref<ComposerHandle>
  customerName: string
  text: string
  onText: (text: string) => void
  mode: Mode
  onMode: (mode: Mode) => void
  onSend: (options: { close: boolean }) => void
  isSending: boolean
  /** Somebody answered after this reply was begun. */
  answeredBy?: string | null
  uploads?: Upload[]
  onFiles?: (files: File[]) => void
  onRemoveUpload?: (key: string) => void
  /** More tools in the toolbar, such as canned responses and the AI menu. */
  tools?: ReactNode
  /** Opens above the text at the caret: what `/` and `@` offer. */
  suggestions?: ComponentType<SuggestionsProps>
  hint?: ReactNode
}

export interface SuggestionsProps {
  query: Query
  onApply: (replacement: string) => void
  onDismiss: () => void
}

export interface Query {
  trigger: '/' | '@'
  text: string
}

/** Where an agent writes: a reply or a note, Markdown with a toolbar, `/` and `@`, files by drop and paste. */
export function Composer(props: ComposerProps) {
  const { ref, text, onText, mode, onMode, onSend, suggestions: Suggestions } = props
  const say = useStrings(strings)
  const area = useRef<HTMLTextAreaElement>(null)
  const [isPreview, setPreview] = useState(false)
  const [query, setQuery] = useState<(Query & { from: number }) | null>(null)

  // At once, so that no letter typed right after the shortcut is lost; and again when the field has just appeared.
  const focus = (): void => {
    area.current?.focus()
    requestAnimationFrame(() => area.current?.focus())
  }
  useImperativeHandle(ref, () => ({
    open: (next) => {
      onMode(next)
      setPreview(false)
      focus()
    },
    insert: (addition) => {
      onText(text ? `${text.trimEnd()}\n\n${addition}` : addition)
      focus()
    },
    replace: (next) => {
      onText(next)
      focus()
    },
  }))
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
  const send = (close = false): void => {
    if (text.trim() && !props.isSending) onSend({ close })
  }
  useCommands([
    { id: 'composer.reply', label: say.reply, keys: 'r', group: say.writeGroup, run: () => { onMode('reply'); focus() } },
    { id: 'composer.note', label: say.note, keys: 'n', group: say.writeGroup, run: () => { onMode('note'); focus() } },
    { id: 'composer.send', label: say.send, keys: 'mod+enter', group: say.writeGroup, run: () => send() },
    { id: 'composer.sendAndClose', label: say.sendAndClose, keys: 'mod+shift+enter', group: say.writeGroup, run: () => send(true) },
  ])
  useEffect(() => grow(area.current), [text, isPreview])

  const track = (field: HTMLTextAreaElement): void => {
    const before = field.value.slice(0, field.selectionStart)
    const match = /(?:^|\s)([/@])([\p{L}\p{N} ._-]{0,40})$/u.exec(before)
    const isWanted = match && (match[1] === '/' || mode === 'note')
    setQuery(isWanted ? { trigger: match[1] as '/' | '@', text: match[2] ?? '', from: before.length - (match[2]?.length ?? 0) - 1 } : null)
  }
  const apply = (replacement: string): void => {
    if (!query) return
    const end = query.from + 1 + query.text.length
    onText(text.slice(0, query.from) + replacement + text.slice(end))
    setQuery(null)
    focus()
  }
  const isNote = mode === 'note'
  return (
    <FileDrop onFiles={props.onFiles ?? (() => undefined)} disabled={!props.onFiles}>
      <section aria-label={isNote ? say.note : say.reply} className="relative px-3 pb-3 sm:px-4">
        {query && Suggestions && (
          <div className="absolute inset-x-4 bottom-full z-20 mb-1">
            <Suggestions query={query} onApply={apply} onDismiss={() => setQuery(null)} />
          </div>
        )}
        {props.answeredBy && (
          <Banner tone="warning" className="mb-2">
            {say.somebodyAnswered(props.answeredBy)}
          </Banner>
        )}
        <div
          className={cx(
            'lit rounded-lg border transition-colors focus-within:border-accent-line',
            isNote ? 'border-amber/40 bg-said-note' : 'border-line-strong bg-surface',
          )}
        >
          <div className="flex items-center gap-0.5 px-1.5 pt-1.5">
            <ModeButton isOn={!isNote} icon={<Reply />} label={say.reply} keys="r" onClick={() => onMode('reply')} />
            <ModeButton isOn={isNote} icon={<Lock />} label={say.note} keys="n" onClick={() => onMode('note')} />
            <span className="flex-1" />
            <div role="toolbar" aria-label={say.format} className="flex items-center max-md:hidden">
              <IconButton size="sm" label={say.bold} icon={<Bold />} onClick={() => edit(wrapped('**'))} />
              <IconButton size="sm" label={say.italic} icon={<Italic />} onClick={() => edit(wrapped('_'))} />
              <IconButton size="sm" label={say.list} icon={<List />} onClick={() => edit(prefixed('- '))} />
              <IconButton size="sm" label={say.numbered} icon={<ListOrdered />} onClick={() => edit(prefixed('1. '))} />
              <IconButton size="sm" label={say.link} icon={<Link2 />} onClick={() => edit(linked)} />
              <IconButton size="sm" label={say.code} icon={<Code />} onClick={() => edit(wrapped('`'))} />
            </div>
            <IconButton
              size="sm"
              label={isPreview ? say.edit : say.preview}
              icon={isPreview ? <Pencil /> : <Eye />}
              aria-pressed={isPreview}
              onClick={() => setPreview(!isPreview)}
            />
          </div>
          {isPreview ? (
            <div className="max-h-80 min-h-20 overflow-y-auto px-3.5 py-2 text-base">
              <Markdown text={text} />
            </div>
          ) : (
            <textarea
              ref={area}
              value={text}
              rows={2}
              aria-label={isNote ? say.note : say.reply}
              placeholder={isNote ? say.writeNote : say.writeReply(props.customerName)}
              className="block max-h-80 min-h-20 w-full resize-none bg-transparent px-3.5 py-2 text-base outline-none placeholder:text-faint"
              onChange={(event) => {
                onText(event.target.value)
                track(event.target)
              }}
              onKeyDown={(event) => {
                if (event.key === 'Escape') {
                  if (query) setQuery(null)
                  else event.currentTarget.blur()
                  event.stopPropagation()
                }
                const mark = event.ctrlKey || event.metaKey ? { b: '**', i: '_', e: '`' }[event.key.toLowerCase()] : undefined
                if (mark) {
                  event.preventDefault()
                  edit(wrapped(mark))
                }
                if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !query) {
                  const field = event.currentTarget
                  const next = continued({ text, start: field.selectionStart, end: field.selectionEnd })
                  if (next) {
                    event.preventDefault()
                    edit(() => next)
                  }
                }
              }}
            />
          )}
          {props.uploads && props.uploads.length > 0 && (
            <div className="px-3 pb-1">
              <UploadList uploads={props.uploads} onRemove={props.onRemoveUpload ?? (() => undefined)} />
            </div>
          )}
          <div className="flex items-center gap-1 px-1.5 pb-1.5">
            {props.onFiles && (
              <FilePicker
                onFiles={props.onFiles}
                aria-label={say.attach}
                className="grid size-7 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink"
              >
                <Paperclip className="size-4" aria-hidden />
              </FilePicker>
            )}
            {props.tools}
            <span className="min-w-0 flex-1 truncate px-2 text-right text-xs text-faint">{props.hint}</span>
            {isNote ? (
              <Button variant="primary" size="sm" isBusy={props.isSending} disabled={!text.trim()} onClick={() => send()}>
                {say.saveNote}
              </Button>
            ) : (
              <SplitButton
                size="sm"
                isBusy={props.isSending}
                disabled={!text.trim()}
                onClick={() => send()}
                items={[
                  { label: say.send, keys: 'mod+enter', onSelect: () => send() },
                  { label: say.sendAndClose, keys: 'mod+shift+enter', onSelect: () => send(true) },
                ]}
              >
                {props.answeredBy ? say.sendAnyway : say.send}
              </SplitButton>
            )}
          </div>
        </div>
      </section>
    </FileDrop>
  )
}

interface ModeButtonProps {
  isOn: boolean
  icon: ReactNode
  label: string
  keys: string
  onClick: () => void
}

function ModeButton({ isOn, icon, label, keys, onClick }: ModeButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-keyshortcuts={keys}
      onClick={onClick}
      className={cx(
        'inline-flex h-7 items-center gap-1.5 rounded-sm px-2 text-sm font-medium transition-colors [&_svg]:size-3.5',
        isOn ? 'bg-press text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {icon}
      {label}
    </button>
  )
}

function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return
  field.style.height = 'auto'
  field.style.height = `${Math.min(field.scrollHeight, 320)}px`
}
