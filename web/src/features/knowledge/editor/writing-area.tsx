import { useLayoutEffect, useRef, type ClipboardEvent, type DragEvent, type KeyboardEvent } from 'react'

import { upload } from '@/api/upload'
import { useStrings } from '@/ui/locale'
import { toastError } from '@/ui/toast'

import type { Picture } from '../api'
import { strings } from '../strings'
import { continueList, insertBlock, insertLink, replaceText, wrap, type Edit } from './editing'
import { Toolbar } from './toolbar'

interface WritingAreaProps {
  value: string
  onChange: (value: string) => void
  /** How far down the text is scrolled, from 0 to 1. */
  onScroll: (fraction: number) => void
}

/** Markdown with a toolbar, the usual keys, lists that go on by themselves, and pictures pasted or dropped. */
export function WritingArea({ value, onChange, onScroll }: WritingAreaProps) {
  const say = useStrings(strings)
  const area = useRef<HTMLTextAreaElement>(null)
  const latest = useRef(value)
  const selection = useRef<[number, number] | null>(null)
  useLayoutEffect(() => {
    latest.current = value
    if (!selection.current || !area.current) return
    area.current.setSelectionRange(...selection.current)
    selection.current = null
  })

  const apply = (change: (edit: Edit) => Edit | null): boolean => {
    const element = area.current
    if (!element) return false
    const next = change({ text: latest.current, from: element.selectionStart, to: element.selectionEnd })
    if (!next) return false
    selection.current = [next.from, next.to]
    latest.current = next.text
    onChange(next.text)
    element.focus()
    return true
  }

  const addPictures = (files: File[]): void => {
    for (const file of files.filter((one) => one.type.startsWith('image/'))) {
      const placeholder = `![${say.uploading} ${file.name} ${Date.now()}]()`
      apply((edit) => insertBlock(edit, placeholder))
      upload<{ image: Picture }>('/admin/articles/images', file).then(
        ({ image }) => apply((edit) => replaceText(edit, placeholder, image.markdown)),
        (error: unknown) => {
          apply((edit) => replaceText(edit, placeholder, ''))
          toastError(error)
        },
      )
    }
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const isMod = event.metaKey || event.ctrlKey
    const did =
      (isMod && event.key === 'b' && apply((edit) => wrap(edit, '**', say.bold.toLowerCase()))) ||
      (isMod && event.key === 'i' && apply((edit) => wrap(edit, '*', say.italic.toLowerCase()))) ||
      (isMod && event.key === 'k' && apply((edit) => insertLink(edit, 'https://'))) ||
      (event.key === 'Enter' && !isMod && !event.shiftKey && apply(continueList))
    if (did) {
      event.preventDefault()
      event.stopPropagation()
    }
  }
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files]
    if (!files.length) return
    event.preventDefault()
    addPictures(files)
  }
  const onDrop = (event: DragEvent): void => {
    const files = [...event.dataTransfer.files]
    if (!files.length) return
    event.preventDefault()
    addPictures(files)
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="border-b border-line px-3 py-1.5">
        <Toolbar apply={apply} onPictures={addPictures} />
      </div>
      <textarea
        ref={area}
        value={value}
        aria-label={say.bodyLabel}
        placeholder={say.bodyPlaceholder}
        spellCheck
        className="min-h-96 w-full flex-1 resize-none bg-transparent px-5 py-4 font-mono text-sm leading-relaxed text-ink outline-none placeholder:text-faint"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onDrop={onDrop}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
          onScroll(scrollHeight > clientHeight ? scrollTop / (scrollHeight - clientHeight) : 0)
        }}
      />
    </div>
  )
}
