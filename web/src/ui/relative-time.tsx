import { useSyncExternalStore } from 'react'

import { useFormat } from './locale'
import { Tooltip } from './tooltip'

let now = Date.now()
const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  if (!timer) now = Date.now()
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of watchers) each()
  }, 30_000)
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The time, renewed every half minute. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => now)
}

interface RelativeTimeProps {
  at: string
  /** In long lists: a `title` instead of a tooltip. */
  isPlain?: boolean
  /** "3m" instead of "3 min. ago", where the column says what it is. */
  isShort?: boolean
  className?: string
}

/** "3 min. ago", the exact time on hover. */
export function RelativeTime({ at, isPlain = false, isShort = false, className }: RelativeTimeProps) {
  const format = useFormat()
  const current = useNow()
  const time = (
    <time dateTime={at} className={className} title={isPlain ? format.exact(at) : undefined}>
      {isShort ? format.ago(at, current) : format.relative(at, current)}
    </time>
  )
  return isPlain ? time : <Tooltip label={format.exact(at)}>{time}</Tooltip>
}
