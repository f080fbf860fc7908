import { useEffect, useRef, useState } from 'react'

import { cx } from '@/ui/class-names'
import { Kbd } from '@/ui/kbd'
import { useStrings } from '@/ui/locale'
import { keyOf } from '@/ui/shortcuts'

import { strings } from './strings'

interface KeyRecorderProps {
  label: string
  keys: string
  onChange: (keys: string) => void
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'])
const PAUSE = 800

/** Shows a shortcut; a click listens for another one: a key, a key with Ctrl, or two keys in turn. Backspace takes it away. */
export function KeyRecorder({ label, keys, onChange }: KeyRecorderProps) {
  const say = useStrings(strings)
  const [pressed, setPressed] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const isListening = pressed !== null
  const finish = (next: string): void => {
    clearTimeout(timer.current)
    setPressed(null)
    if (next !== keys) onChange(next)
  }
  return (
    <button
      type="button"
      aria-label={isListening ? say.pressKeys : say.changeKeys(label)}
      aria-pressed={isListening}
      onClick={() => setPressed('')}
      onBlur={() => setPressed(null)}
      onKeyDown={(event) => {
        if (!isListening || MODIFIERS.has(event.key) || event.key === 'Tab') return
        event.preventDefault()
        event.stopPropagation()
        clearTimeout(timer.current)
        if (event.key === 'Backspace') return finish('')
        const key = keyOf(event)
        if (pressed || /mod|alt/.test(key)) return finish(pressed ? `${pressed} ${key}` : key)
        setPressed(key)
        timer.current = setTimeout(() => finish(key), PAUSE)
      }}
      className={cx(
        'inline-flex h-6 min-w-8 items-center justify-end rounded-xs px-1 text-xs',
        isListening ? 'bg-accent-soft text-accent-text' : 'text-faint hover:bg-press',
      )}
    >
      {isListening ? (pressed ? <Kbd keys={pressed} isExact /> : say.pressKeys) : keys ? <Kbd keys={keys} isExact /> : say.noKeys}
    </button>
  )
}
