import { AlertCircle, CheckCircle2, Info, X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'

import { ApiError } from '@/api/client'

import { cx } from './class-names'
import { useStrings } from './locale'
import { strings } from './strings'

export interface ToastOptions {
  tone?: 'success' | 'info' | 'danger'
  description?: string
  /** Offers to take it back while the toast stands. */
  onUndo?: () => unknown
  action?: { label: string; run: () => unknown }
  /** Milliseconds; 5 s, with undo 10 s. */
  duration?: number
}

interface ToastEntry extends ToastOptions {
  id: number
  message: string
}

let entries: ToastEntry[] = []
let nextId = 1
const watchers = new Set<() => void>()

function change(next: ToastEntry[]): void {
  entries = next
  for (const watcher of watchers) watcher()
}

/** Tells what just happened: `toast('Ticket closed', { onUndo })`. Returns a function that takes the toast away. */
export function toast(message: string, options: ToastOptions = {}): () => void {
  const id = nextId++
  change([...entries.slice(-3), { id, message, ...options }])
  return () => dismiss(id)
}

/** Tells why something failed, with the server's own sentence. */
export function toastError(error: unknown, message?: string): void {
  const reason = error instanceof Error ? error.message : String(error)
  const reference = error instanceof ApiError && error.status >= 500 ? error.requestId : undefined
  toast(message ?? reason, {
    tone: 'danger',
    ...(message && { description: reference ? `${reason} (${reference})` : reason }),
    duration: 8000,
  })
}

function dismiss(id: number): void {
  change(entries.filter((entry) => entry.id !== id))
}

const ICON = {
  success: <CheckCircle2 className="text-green" />,
  info: <Info className="text-blue" />,
  danger: <AlertCircle className="text-red" />,
}

/** Where toasts appear; mounted once by the app. */
export function Toaster() {
  const shown = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    () => entries,
  )
  const say = useStrings(strings)
  return (
    <section
      aria-label={say.notifications}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-center gap-2 sm:inset-x-auto sm:right-5 sm:bottom-5 sm:items-end"
    >
      {shown.map((entry) => (
        <ToastCard key={entry.id} entry={entry} />
      ))}
    </section>
  )
}

function ToastCard({ entry }: { entry: ToastEntry }) {
  const say = useStrings(strings)
  const [isHeld, hold] = useState(false)
  const action = entry.onUndo ? { label: say.undo, run: entry.onUndo } : entry.action
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => dismiss(entry.id), entry.duration ?? (action ? 10_000 : 5000))
    return () => clearTimeout(timer)
  })
  return (
    <div
      role={entry.tone === 'danger' ? 'alert' : 'status'}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
      className="floating pointer-events-auto flex w-full max-w-sm animate-rise items-start gap-2.5 rounded-md bg-overlay py-2.5 pr-2 pl-3 text-sm"
    >
      <span className="flex h-6 items-center [&_svg]:size-4">{ICON[entry.tone ?? 'success']}</span>
      <div className="min-w-0 flex-1 py-0.5">
        <p className="font-medium">{entry.message}</p>
        {entry.description && <p className="text-muted">{entry.description}</p>}
      </div>
      {action && (
        <button
          type="button"
          className="h-6 rounded-xs px-1.5 font-medium text-accent-text hover:bg-hover"
          onClick={() => {
            dismiss(entry.id)
            void action.run()
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label={say.dismiss}
        onClick={() => dismiss(entry.id)}
        className={cx('grid size-6 place-items-center rounded-xs text-muted hover:bg-hover hover:text-ink')}
      >
        <X className="size-3.5" />
      </button>
    </div>
  )
}
