/**
 * Live updates: one stream per browser, whatever the number of tabs.
 *
 * The tab that holds the Web Lock keeps the `EventSource` and passes what it hears to the others over a
 * BroadcastChannel. Events carry ids and kinds only; listeners fetch data through the normal API.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

export interface LiveEvent {
  kind: string
  ticket_id?: string | null
  [key: string]: unknown
}

export type LiveState = 'connecting' | 'live' | 'lost'
type Listener = (event: LiveEvent) => void
type Signal = { type: 'event'; event: LiveEvent } | { type: 'state'; state: LiveState } | { type: 'ask' }

/** A kind of our own, never sent by the server: the stream was gone, so anything may have changed. */
export const RECONNECTED = 'live.reconnected'

/** The session was ended elsewhere; the next call would be refused. */
export const SIGNED_OUT = 'live.signed_out'

const listeners = new Set<Listener>()
const watchers = new Set<() => void>()
let state: LiveState = 'connecting'
let wasLost = false

function tell(event: LiveEvent): void {
  for (const listener of listeners) listener(event)
}

function become(next: LiveState): void {
  if (next === state) return
  if (next === 'lost') wasLost = true
  state = next
  for (const watcher of watchers) watcher()
  if (next === 'live' && wasLost) {
    wasLost = false
    tell({ kind: RECONNECTED })
  }
}

/** Starts listening for this tab; the returned function stops it. */
export function startLive(path = '/live'): () => void {
  const channel = new BroadcastChannel('deskwell.live')
  const stop = new AbortController()
  let isLeader = false
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let attempts = 0

  const pass = (signal: Signal): void => {
    if (signal.type === 'event') tell(signal.event)
    if (signal.type === 'state') become(signal.state)
    channel.postMessage(signal)
  }
  const connect = (): void => {
    source = new EventSource(path)
    source.addEventListener('open', () => {
      attempts = 0
      pass({ type: 'state', state: 'live' })
    })
    source.addEventListener('message', (message) => {
      const event = parse(message.data)
      if (event) pass({ type: 'event', event })
    })
    source.addEventListener('signed_out', () => {
      source?.close()
      pass({ type: 'event', event: { kind: SIGNED_OUT } })
    })
    source.addEventListener('error', () => {
      pass({ type: 'state', state: 'lost' })
      if (source?.readyState !== EventSource.CLOSED) return
      attempts += 1
      clearTimeout(retry)
      retry = setTimeout(connect, Math.min(30_000, 1000 * 2 ** attempts) * (0.5 + Math.random() / 2))
    })
  }
  channel.addEventListener('message', ({ data: signal }: MessageEvent<Signal>) => {
    if (signal.type === 'event') tell(signal.event)
    if (signal.type === 'state') become(signal.state)
    if (signal.type === 'ask' && isLeader) channel.postMessage({ type: 'state', state } satisfies Signal)
  })
  channel.postMessage({ type: 'ask' } satisfies Signal)
  const lead = async (): Promise<void> => {
    if (stop.signal.aborted) return
    isLeader = true
    connect()
    await new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()))
  }
  // Web Locks need a secure context; on plain http each tab then keeps a stream of its own.
  if ('locks' in navigator) {
    navigator.locks.request('deskwell.live', { signal: stop.signal }, lead).catch(() => undefined)
  } else void lead()

  return () => {
    stop.abort()
    clearTimeout(retry)
    source?.close()
    channel.close()
    state = 'connecting'
    wasLost = false
  }
}

function parse(text: string): LiveEvent | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'kind' in value ? (value as LiveEvent) : null
  } catch {
    return null
  }
}

/** Calls `listener` for each event, also for `RECONNECTED`; the latest closure is used. */
export function useLive(listener: Listener): void {
  const latest = useEffectEvent(listener)
  useEffect(() => {
    const listen: Listener = (event) => latest(event)
    listeners.add(listen)
    return () => void listeners.delete(listen)
  }, [])
}

/** Whether the stream stands, for the "connection lost" banner. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    () => state,
  )
}

/** How long a query rests after it was fetched anew: in a rush of events each would cancel the fetch before it. */
const REST = 300

/** Calls at once, and for all further calls within the rest once more at its end. */
function rested(call: () => void): { call: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDue = false
  const run = (): void => {
    isDue = false
    timer = setTimeout(wake, REST)
    call()
  }
  const wake = (): void => {
    timer = undefined
    if (isDue) run()
  }
  return {
    call: () => {
      if (timer === undefined) run()
      else isDue = true
    },
    stop: () => clearTimeout(timer),
  }
}

/** Refetches the given queries when an event concerns them, and after a lost connection. */
export function useLiveQueries(queryKey: readonly unknown[], concerns: (event: LiveEvent) => boolean): void {
  const client = useQueryClient()
  const refetch = useEffectEvent(() => void client.invalidateQueries({ queryKey }))
  const isConcerned = useEffectEvent((event: LiveEvent) => event.kind === RECONNECTED || concerns(event))
  useEffect(() => {
    const { call, stop } = rested(() => refetch())
    const listen: Listener = (event) => isConcerned(event) && call()
    listeners.add(listen)
    return () => {
      stop()
      listeners.delete(listen)
    }
  }, [])
}
