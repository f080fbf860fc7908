import { File, FileArchive, FileAudio, FileImage, FileSpreadsheet, FileText, FileVideo, Paperclip, RotateCw, X } from 'lucide-react'
import { createElement, useEffect, useRef, useState, type ClipboardEvent, type DragEvent, type ReactNode } from 'react'

import { upload } from '@/api/upload'

import { IconButton } from './button'
import { cx } from './class-names'
import { useFormat, useStrings } from './locale'
import { strings } from './strings'

export const UPLOAD_LIMIT = 10 * 1024 * 1024
export const UPLOAD_TYPES =
  '.jpg,.jpeg,.png,.gif,.webp,.pdf,.doc,.docx,.xls,.xlsx,.txt,.csv,.zip,.mp4,.mpeg,.mov,.mp3,.wav'

export interface Upload<T = unknown> {
  key: string
  file: File
  progress: number
  state: 'waiting' | 'sending' | 'done' | 'failed'
  error?: string
  result?: T
}

/**
 * Files on their way to the server. `path` may be given at `start` when it is not known before
 * (a ticket that is still to be created).
 */
export function useUploads<T>(limit = UPLOAD_LIMIT) {
  const [uploads, setUploads] = useState<Upload<T>[]>([])
  const stops = useRef(new Map<string, AbortController>())
  const say = useStrings(strings)
  const format = useFormat()

  const change = (key: string, values: Partial<Upload<T>>): void =>
    setUploads((all) => all.map((item) => (item.key === key ? { ...item, ...values } : item)))

  const add = (files: Iterable<File>): Upload<T>[] => {
    const added = [...files].map((file): Upload<T> => {
      const entry = { key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, file, progress: 0 }
      if (file.size <= limit) return { ...entry, state: 'waiting' }
      return { ...entry, state: 'failed', error: say.tooLarge(format.bytes(limit)) }
    })
    setUploads((all) => [...all, ...added])
    return added
  }

  const send = async (item: Upload<T>, path: string, fields?: Record<string, string>): Promise<T | undefined> => {
    const stop = new AbortController()
    stops.current.set(item.key, stop)
    change(item.key, { state: 'sending', progress: 0 })
    try {
      const result = await upload<T>(path, item.file, {
        ...(fields && { fields }),
        signal: stop.signal,
        onProgress: (progress) => change(item.key, { progress }),
      })
      change(item.key, { state: 'done', progress: 1, result })
      return result
    } catch (error) {
      if (!stop.signal.aborted) change(item.key, { state: 'failed', error: (error as Error).message })
      return undefined
    } finally {
      stops.current.delete(item.key)
    }
  }

  const remove = (key: string): void => {
    stops.current.get(key)?.abort()
    setUploads((all) => all.filter((item) => item.key !== key))
  }
  return { uploads, add, send, remove, clear: () => setUploads([]) }
}

interface FileDropProps {
  onFiles: (files: File[]) => void
  /** Wraps its children: files dropped or pasted anywhere on them are taken. */
  children?: ReactNode
  disabled?: boolean
  className?: string
}

/** Takes files that are dropped, pasted or chosen. Without children it is a dashed area of its own. */
export function FileDrop({ onFiles, children, disabled = false, className }: FileDropProps) {
  const say = useStrings(strings)
  const [isOver, setOver] = useState(false)
  const take = (files: Iterable<File> | null | undefined): void => {
    const list = [...(files ?? [])]
    if (list.length > 0 && !disabled) onFiles(list)
  }
  return (
    <div
      className={cx('relative', className)}
      onDragOver={(event) => {
        if (disabled || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event: DragEvent<HTMLDivElement>) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node)) setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      }}
      onPaste={(event: ClipboardEvent) => {
        if (event.clipboardData.files.length === 0) return
        event.preventDefault()
        take(event.clipboardData.files)
      }}
    >
      {children ?? (
        <div className="flex items-center justify-center gap-1.5 rounded-md border border-dashed border-control-line px-4 py-5 text-sm text-muted">
          <Paperclip className="size-4" aria-hidden />
          {say.dropHere}
          <FilePicker onFiles={take} disabled={disabled} className="text-accent-text underline underline-offset-2">
            {say.browse}
          </FilePicker>
        </div>
      )}
      {isOver && (
        <div className="pointer-events-none absolute inset-0 z-20 grid place-items-center rounded-md border-2 border-dashed border-accent bg-overlay/90 text-sm font-medium text-accent-text">
          {say.dropHere.replace(/ (or|oder)$/, '')}
        </div>
      )}
    </div>
  )
}

interface FilePickerProps {
  onFiles: (files: File[]) => void
  children: ReactNode
  disabled?: boolean
  className?: string
  'aria-label'?: string
}

/** A button that opens the system's file dialog. */
export function FilePicker({ onFiles, children, disabled, className, ...rest }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" disabled={disabled} className={className} onClick={() => input.current?.click()} {...rest}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={UPLOAD_TYPES}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </>
  )
}

interface UploadListProps {
  uploads: Upload[]
  onRemove: (key: string) => void
  onRetry?: (key: string) => void
}

export function UploadList({ uploads, onRemove, onRetry }: UploadListProps) {
  const say = useStrings(strings)
  const format = useFormat()
  if (uploads.length === 0) return null
  return (
    <ul className="flex flex-col gap-1.5">
      {uploads.map((item) => (
        <li
          key={item.key}
          className="relative flex items-center gap-2.5 overflow-hidden rounded-sm border border-line bg-surface py-1 pr-1 pl-2.5 text-sm"
        >
          {item.file.type.startsWith('image/') ? <Picture file={item.file} /> : <FileIcon type={item.file.type} />}
          <span className="min-w-0 flex-1 truncate">{item.file.name}</span>
          <span className={cx('tabular text-xs', item.state === 'failed' ? 'text-red' : 'text-faint')}>
            {item.state === 'failed' ? (item.error ?? say.uploadFailed) : format.bytes(item.file.size)}
          </span>
          {item.state === 'failed' && onRetry && item.file.size <= UPLOAD_LIMIT && (
            <IconButton size="sm" label={say.retry} icon={<RotateCw />} onClick={() => onRetry(item.key)} />
          )}
          <IconButton
            size="sm"
            label={say.removeItem(item.file.name)}
            icon={<X />}
            onClick={() => onRemove(item.key)}
          />
          {item.state === 'sending' && (
            <span
              role="progressbar"
              aria-label={say.uploading(format.percent(item.progress))}
              aria-valuenow={Math.round(item.progress * 100)}
              className="absolute inset-x-0 bottom-0 h-0.5 origin-left bg-accent transition-transform"
              style={{ transform: `scaleX(${item.progress})` }}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

/** A picture before it is on the server. */
function Picture({ file }: { file: File }) {
  const image = useRef<HTMLImageElement>(null)
  useEffect(() => {
    const url = URL.createObjectURL(file)
    if (image.current) image.current.src = url
    return () => URL.revokeObjectURL(url)
  }, [file])
  return <img ref={image} alt="" className="-ml-1 size-8 shrink-0 rounded-xs bg-sunken object-cover" />
}

export function FileIcon({ type, className }: { type: string; className?: string }) {
  return createElement(iconFor(type), { 'aria-hidden': true, className: cx('size-4 shrink-0 text-faint', className) })
}

function iconFor(type: string) {
  if (type.startsWith('image/')) return FileImage
  if (type.startsWith('video/')) return FileVideo
  if (type.startsWith('audio/')) return FileAudio
  if (/zip/.test(type)) return FileArchive
  if (/sheet|excel|csv/.test(type)) return FileSpreadsheet
  if (/pdf|text|word/.test(type)) return FileText
  return File
}

export interface AttachmentInfo {
  id: string
  file_name: string
  file_size: number
  mime_type: string
}

/** Files of a message: pictures as thumbnails, others as a line each. */
export function AttachmentList({ attachments }: { attachments: readonly AttachmentInfo[] }) {
  const format = useFormat()
  if (attachments.length === 0) return null
  return (
    <ul className="flex flex-wrap gap-2">
      {attachments.map((item) => (
        <li key={item.id} className="max-w-full">
          <a
            href={`/attachment/${item.id}`}
            target="_blank"
            rel="noreferrer"
            className="flex items-center gap-2 rounded-sm border border-line-strong bg-surface px-2.5 py-1.5 text-sm text-ink hover:border-control-line"
          >
            {item.mime_type.startsWith('image/') ? (
              <img
                src={`/attachment/${item.id}`}
                alt=""
                width={40}
                height={40}
                loading="lazy"
                className="-my-0.5 -ml-1.5 size-10 rounded-xs object-cover"
              />
            ) : (
              <FileIcon type={item.mime_type} />
            )}
            <span className="min-w-0 truncate">{item.file_name}</span>
            <span className="tabular text-xs text-faint">{format.bytes(item.file_size)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
