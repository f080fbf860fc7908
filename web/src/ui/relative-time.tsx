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

/** "3 min. ago", the exact time on hover. In long lists pass `isPlain`: a `title` instead of a tooltip. */
export function RelativeTime({ at, isPlain = false, className }: { at: string; isPlain?: boolean; className?: string }) {
  const format = useFormat()
  const current = useNow()
  const time = (
    <time dateTime={at} className={className} title={isPlain ? format.exact(at) : undefined}>
      {format.relative(at, current)}
    </time>
  )
  return isPlain ? time : <Tooltip label={format.exact(at)}>{time}</Tooltip>
}
