/**
 * One registry of commands. What a mounted component registers with `useCommands` is at once a keyboard
 * shortcut, a line of the `?` sheet and an entry of the command palette; tooltips show the same keys.
 */
import { createContext, use, useEffect, useEffectEvent, useLayoutEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'

import { HeldKeys } from './held-keys'

export interface Command {
  /** Unique, `feature.verb`. A later registration of the same id wins while it is mounted. */
  id: string
  label: string
  run: () => void
  /** `r`, `shift+t`, `mod+enter`, or a sequence `g i`. `mod` is ⌘ on a Mac and Ctrl elsewhere. */
  keys?: string
  /** What they are when nobody changed them; only set where somebody did. */
  usualKeys?: string
  /** Heading in the sheet and the palette. */
  group?: string
  /** More words to find it by in the palette. */
  keywords?: string
  /** Also fires while a text field has the focus (default: only with `mod`). */
  inFields?: boolean
  isHidden?: boolean
  /** What it acts on; a key meant for something that is still loading waits for it (`useAwaited`). */
  of?: string
  /** Opens a field: what is typed after it is text. */
  takesText?: boolean
}

interface Box {
  current: Command
}

/** Keys a person chose for themselves, by command; empty takes the key away. */
export type OwnKeys = Readonly<Record<string, string>>

class Registry {
  private boxes: Box[] = []
  private own: OwnKeys = {}
  private watchers = new Set<() => void>()
  version = 0
  readonly held = new HeldKeys()

  add(box: Box): () => void {
    this.boxes = [...this.boxes, box]
    this.changed()
    return () => {
      this.boxes = this.boxes.filter((item) => item !== box)
      this.changed()
    }
  }

  list = (): Command[] => latest(this.boxes.map((box) => this.withOwnKeys(box.current)))

  setOwnKeys(own: OwnKeys): void {
    this.own = own
    this.changed()
  }

  /** The keys that stand where a tooltip or a menu names the usual ones. */
  shown(usual: string): string {
    const command = this.boxes.find((box) => box.current.keys === usual)?.current
    return command ? (this.own[command.id] ?? usual) : usual
  }

  private withOwnKeys(command: Command): Command {
    const keys = this.own[command.id]
    return keys === undefined ? command : { ...command, keys, usualKeys: command.keys ?? '' }
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => void this.watchers.delete(watcher)
  }

  private changed(): void {
    this.version += 1
    for (const watcher of this.watchers) watcher()
  }
}

const Context = createContext(new Registry())
export const isMac = /mac|iphone|ipad/i.test(navigator.platform)

export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new Registry())
  useKeyListener(registry)
  return <Context value={registry}>{children}</Context>
}

function latest(commands: Command[]): Command[] {
  return [...new Map(commands.map((command) => [command.id, command])).values()]
}

function useKeyListener({ list, held }: Registry): void {
  const pending = useRef({ key: '', at: 0 })
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const key = keyOf(event)
    const sequence = Date.now() - pending.current.at < 900 ? `${pending.current.key} ${key}` : ''
    const inField = isField(event.target)
    const usable = list().filter((item) => item.keys && (!inField || (item.inFields ?? item.keys.includes('mod+'))))
    const command =
      usable.findLast((item) => item.keys === sequence) ?? usable.findLast((item) => item.keys === key)
    const isBegun = !command && !inField && usable.some((item) => item.keys?.startsWith(`${key} `))
    if (!inField && !isBegun && held.takes({ key, text: textOf(event) }, command)) {
      event.preventDefault()
      return
    }
    if (command) {
      event.preventDefault()
      pending.current = { key: '', at: 0 }
      command.run()
      return
    }
    if (isBegun) pending.current = { key, at: Date.now() }
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

export function keyOf(event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  const isLetter = /^[a-z]$/.test(key) || key.length > 1
  const parts = [
    (isMac ? event.metaKey : event.ctrlKey) && 'mod',
    event.altKey && 'alt',
    // "?" already tells that shift was held; only letters and named keys say it again.
    event.shiftKey && isLetter && 'shift',
    key,
  ]
  return parts.filter(Boolean).join('+')
}

function textOf(event: KeyboardEvent): string {
  return event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey ? event.key : ''
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName) || isInMenu(target)
}

function isInMenu(target: HTMLElement): boolean {
  return target.closest('[role=menu],[role=listbox],[role=dialog],[role=alertdialog]') !== null
}

/** Registers commands while the component is mounted; the latest closures run. `of`: what all of them act on. */
export function useCommands(commands: (Command | false | null | undefined)[], of?: string): void {
  const registry = use(Context)
  const wanted = commands.filter((item): item is Command => Boolean(item)).map((item) => (of === undefined ? item : { ...item, of }))
  const boxes = useRef<Box[]>([])
  const register = useEffectEvent(() => {
    boxes.current = wanted.map((command) => ({ current: command }))
    const removals = boxes.current.map((box) => registry.add(box))
    return () => removals.forEach((remove) => remove())
  })
  const shape = wanted.map((command) => `${command.id}|${command.keys ?? ''}`).join('\n')
  // Registered anew only when the set of commands changes; their closures are refreshed below.
  useEffect(() => register(), [shape])
  useEffect(() => {
    for (const [index, box] of boxes.current.entries()) box.current = wanted[index] ?? box.current
  })
}

/**
 * What keys are meant for from now on, while it loads; null: nothing. Returns how to say so ahead of the page.
 * Whoever shows it says that it is there with `useArrived`. `isBehind`: one is on the way to something else already.
 */
export function useAwaited(name: string | null, isBehind?: () => boolean): (name: string | null) => void {
  const { held } = use(Context)
  const await_ = useEffectEvent(() => {
    if (!isBehind?.()) held.await(name)
  })
  // Before anything that is drawn at the same time says that it is there.
  useLayoutEffect(() => await_(), [name])
  useLayoutEffect(() => () => held.await(null), [held])
  return (next) => held.await(next)
}

/** What was awaited is there, with its commands: the keys that were pressed meanwhile are played. */
export function useArrived(name: string): void {
  const { held, list } = use(Context)
  useEffect(() => {
    const text = held.arrived(name, (key) => {
      const command = list().findLast((item) => item.keys === key)
      command?.run()
      return command?.takesText === true
    })
    if (text && isField(document.activeElement)) document.execCommand('insertText', false, text)
    return () => held.left(name)
  }, [held, list, name])
}

/** All commands that can run now, for the palette and the sheet. */
export function useCommandList(): Command[] {
  const registry = use(Context)
  useSyncExternalStore(registry.watch, () => registry.version)
  return registry.list().filter((command) => !command.isHidden)
}

/** Makes a person's own keys count. */
export function useOwnKeys(own: OwnKeys | undefined): void {
  const registry = use(Context)
  useEffect(() => {
    registry.setOwnKeys(own ?? {})
    return () => registry.setOwnKeys({})
  }, [registry, own])
}

/** The keys a person has to press for what is usually on `keys`. */
export function useShownKeys(keys: string): string {
  const registry = use(Context)
  return useSyncExternalStore(registry.watch, () => registry.shown(keys))
}

/** Runs a command of the registry by its id; nothing when it is not there. */
export function useRunCommand(): (id: string) => void {
  const registry = use(Context)
  return (id) => registry.list().find((command) => command.id === id)?.run()
}

const NAMES: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: isMac ? '⌥' : 'Alt',
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  space: 'Space',
}

/** `mod+shift+e` → ["Ctrl", "⇧", "E"]; the steps of a sequence are parted by "then". */
export function keyParts(keys: string): string[][] {
  return keys
    .split(' ')
    .map((step) => step.split(/\+(?!$)/).map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part)))
}
