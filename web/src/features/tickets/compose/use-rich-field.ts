/** When the rich field takes over from the plain one: as soon as somebody is about to write, and unnoticed. */
import { useEffect, useEffectEvent, useRef, useState, type ComponentType, type RefObject } from 'react'
import { flushSync } from 'react-dom'

import { useRemembered } from '@/ui/remembered'

import type { FieldHandle, FieldProps } from './field'

type Field = ComponentType<FieldProps>

let loading: Promise<Field> | undefined
let loaded: Field | undefined

function load(): Promise<Field> {
  loading ??= import('./rich-field').then((module) => (loaded = module.default))
  return loading
}

export function useRichField(field: RefObject<FieldHandle | null>) {
  const [isChosen, choose] = useRemembered('deskwell.rich', true)
  const [shown, show] = useState<{ Field?: Field; startAt?: number | undefined }>({})
  const isComposing = useRef(false)
  const isThere = useRef(true)

  // In one go: a key pressed between reading the caret and drawing the other field would land in neither.
  const change = useEffectEvent((Next: Field | undefined) => {
    if (!isThere.current || isComposing.current) return
    const startAt = field.current?.caret()
    flushSync(() => show({ ...(Next && { Field: Next }), startAt }))
  })
  const want = (): void => {
    if (isChosen && !shown.Field) void load().then((Next) => change(Next), () => undefined)
  }
  const comeLater = useEffectEvent(want)
  useEffect(() => {
    isThere.current = true
    // Where it is loaded already it comes by itself, after the conversation was drawn.
    const timer = loaded ? setTimeout(() => comeLater(), 50) : undefined
    return () => {
      isThere.current = false
      clearTimeout(timer)
    }
  }, [])
  return {
    Field: isChosen ? shown.Field : undefined,
    startAt: shown.startAt,
    isChosen,
    want,
    toggle: () => {
      const startAt = field.current?.caret()
      choose(!isChosen)
      show({ startAt })
      if (!isChosen) void load().then((Next) => show({ Field: Next, startAt }))
    },
    /** An input method is composing a word: the field must not change under it. */
    hold: () => {
      isComposing.current = true
    },
    release: () => {
      isComposing.current = false
      setTimeout(want)
    },
  }
}
