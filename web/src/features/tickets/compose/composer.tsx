import { Paperclip } from 'lucide-react'
import { Suspense, useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type ComponentType, type ReactNode, type Ref } from 'react'

import { Banner } from '@/ui/banner'
import { Button } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { FileDrop, FilePicker, UploadList, type Upload } from '@/ui/files'
import { useStrings } from '@/ui/locale'
import { Markdown } from '@/ui/markdown'
import { useCommands } from '@/ui/shortcuts'
import { SplitButton } from '@/ui/split-button'

import { strings } from '../agent/strings'
import type { FieldHandle, Format, Mode, Query } from './field'
import { LinkRow } from './link-row'
import { PlainField } from './plain-field'
import { Toolbar } from './toolbar'
import { useRichField } from './use-rich-field'

export interface ComposerHandle {
  open: (mode: Mode) => void
  insert: (text: string, mode?: Mode) => void
}

export interface ComposerProps {
  ref?: Ref<ComposerHandle>
  ticketId: string
  customerName: string
  text: string
  onText: (text: string) => void
  /** Puts a text below what is written there. */
  onAppend: (text: string, mode: Mode) => void
  mode: Mode
  onMode: (mode: Mode) => void
  onSend: (options: { close: boolean }) => void
  isSending: boolean
  /** Somebody answered after this reply was begun. */
  answeredBy?: string | null
  uploads?: Upload[]
  onFiles?: (files: File[]) => void
  onRemoveUpload?: (key: string) => void
  /** More tools below the text, such as macros and the AI menu. */
  tools?: ReactNode
  /** Opens above the text: what `/`, `@` and `{{` offer. */
  suggestions?: ComponentType<SuggestionsProps>
}

export interface SuggestionsProps {
  query: Query
  onApply: (replacement: string) => void
  onDismiss: () => void
}

const NONE: ReadonlySet<Format> = new Set()

/** Where an agent writes: a reply or a note, rich or in Markdown, `/`, `@` and `{{`, files by drop and paste. */
export function Composer(props: ComposerProps) {
  const { ref, text, onText, mode, onMode, onSend, suggestions: Suggestions } = props
  const say = useStrings(strings)
  const field = useRef<FieldHandle>(null)
  const [isPreview, setPreview] = useState(false)
  const [query, setQuery] = useState<Query | null>(null)
  const [active, setActive] = useState(NONE)
  const [linking, setLinking] = useState<string | null>(null)
  const rich = useRichField(field)
  // A draft is shown as it will be read, not as its marks.
  const hasDraft = text !== ''
  const { want } = rich
  const showDraft = useEffectEvent(want)
  useEffect(() => {
    if (hasDraft) showDraft()
  }, [hasDraft])

  // At once, so that no letter typed right after the shortcut is lost; and again when the field has just appeared.
  const focus = (): void => {
    rich.want()
    field.current?.focus()
    requestAnimationFrame(() => field.current?.focus())
  }
  const open = (next: Mode): void => {
    onMode(next)
    setPreview(false)
    focus()
  }
  useImperativeHandle(ref, () => ({
    open,
    insert: (addition, into = mode) => {
      props.onAppend(addition, into)
      open(into)
    },
  }))
  const format = (wanted: Format): void => {
    const link = field.current?.link
    if (wanted === 'link' && link) setLinking(link.get())
    else field.current?.format(wanted)
  }
  const send = (close = false): void => {
    if (text.trim() && !props.isSending) onSend({ close })
  }
  useCommands([
    { id: 'composer.reply', label: say.reply, keys: 'r', group: say.writeGroup, takesText: true, run: () => open('reply') },
    { id: 'composer.note', label: say.note, keys: 'n', group: say.writeGroup, takesText: true, run: () => open('note') },
    { id: 'composer.send', label: say.send, keys: 'mod+enter', group: say.writeGroup, run: () => send() },
    { id: 'composer.sendAndClose', label: say.sendAndClose, keys: 'mod+shift+enter', group: say.writeGroup, run: () => send(true) },
    { id: 'composer.markdown', label: rich.isChosen ? say.toMarkdown : say.toRich, group: say.writeGroup, run: rich.toggle },
  ], props.ticketId)
  const isNote = mode === 'note'
  const Field = rich.Field ?? PlainField
  return (
    <FileDrop onFiles={props.onFiles ?? (() => undefined)} disabled={!props.onFiles}>
      {/* Listens for being approached; what can be operated is inside. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <section
        aria-label={isNote ? say.note : say.reply}
        className="relative px-3 pb-3 sm:px-4"
        onPointerEnter={rich.want}
        onFocus={rich.want}
        onCompositionStart={rich.hold}
        onCompositionEnd={rich.release}
      >
        {query && Suggestions && (
          <div className="absolute inset-x-4 bottom-full z-20 mb-1">
            <Suspense>
              <Suggestions
                query={query}
                onApply={(replacement) => {
                  setQuery(null)
                  field.current?.complete(replacement)
                }}
                onDismiss={() => setQuery(null)}
              />
            </Suspense>
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
          <Toolbar
            mode={mode}
            onMode={open}
            active={rich.Field ? active : NONE}
            onFormat={format}
            isRich={rich.isChosen}
            onRich={() => {
              setPreview(false)
              rich.toggle()
            }}
            isPreview={isPreview}
            onPreview={() => setPreview(!isPreview)}
          />
          {linking !== null && (
            <LinkRow
              href={linking}
              onDone={(href) => {
                setLinking(null)
                if (href === null) field.current?.focus()
                else field.current?.link?.set(href)
              }}
            />
          )}
          {isPreview ? (
            <div className="max-h-80 min-h-20 overflow-y-auto px-3.5 py-2 text-base">
              <Markdown text={text} />
            </div>
          ) : (
            <Field
              ref={field}
              text={text}
              onText={onText}
              label={isNote ? say.note : say.reply}
              placeholder={isNote ? say.writeNote : say.writeReply(props.customerName)}
              query={query}
              onQuery={setQuery}
              mayMention={isNote}
              onActive={setActive}
              startAt={rich.startAt}
            />
          )}
          {props.uploads && props.uploads.length > 0 && (
            <div className="px-3 pb-1">
              <UploadList uploads={props.uploads} onRemove={props.onRemoveUpload ?? (() => undefined)} />
            </div>
          )}
          <Foot {...props} onSend={send} />
        </div>
      </section>
    </FileDrop>
  )
}

function Foot(props: Omit<ComposerProps, 'onSend'> & { onSend: (close?: boolean) => void }) {
  const say = useStrings(strings)
  const { onSend: send, text } = props
  return (
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
      <span className="flex-1" />
      {props.mode === 'note' ? (
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
  )
}
