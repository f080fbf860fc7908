import { Slot } from 'radix-ui'
import { useEffect, useId, useLayoutEffect, useRef, useState, type PointerEvent, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

import { Kbd } from './kbd'

type Side = 'top' | 'right' | 'bottom' | 'left'

interface TooltipProps {
  label: ReactNode
  /** The shortcut that does the same. */
  keys?: string | undefined
  side?: Side
  children: ReactNode
}

const DELAY = 450
const GAP = 6
/** Soon after one tooltip the next appears at once. */
let lastShown = 0

/** A name or an exact value, on hover and on keyboard focus; Escape hides it. Our own: a positioning library weighs 19 kB. */
export function Tooltip({ label, keys, side = 'top', children }: TooltipProps) {
  const id = useId()
  const [anchor, setAnchor] = useState<DOMRect | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const hide = (): void => {
    clearTimeout(timer.current)
    setAnchor(null)
  }
  const show = (element: Element, delay: number): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      // What it opened stands there already.
      if (!element.matches('[aria-expanded=true]')) setAnchor(element.getBoundingClientRect())
    }, delay)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!anchor) return
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setAnchor(null)
    }
    const onScroll = (): void => setAnchor(null)
    window.addEventListener('keydown', onKey)
    window.addEventListener('scroll', onScroll, true)
    return () => {
      lastShown = Date.now()
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('scroll', onScroll, true)
    }
  }, [anchor])
  return (
    <>
      <Slot.Root
        aria-describedby={anchor ? id : undefined}
        onPointerEnter={(event: PointerEvent) => {
          if (event.pointerType === 'touch') return
          show(event.currentTarget, Date.now() - lastShown < 300 ? 0 : DELAY)
        }}
        onPointerLeave={hide}
        onPointerDown={hide}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget, 0)
        }}
        onBlur={hide}
      >
        {children}
      </Slot.Root>
      {anchor &&
        createPortal(
          <Box id={id} anchor={anchor} side={side}>
            {label}
            {keys && <Kbd keys={keys} />}
          </Box>,
          document.body,
        )}
    </>
  )
}

interface BoxProps {
  id: string
  anchor: DOMRect
  side: Side
  children: ReactNode
}

function Box({ id, anchor, side, children }: BoxProps) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const { left, top } = place(anchor, element.offsetWidth, element.offsetHeight, side)
    element.style.left = `${left}px`
    element.style.top = `${top}px`
  }, [anchor, side])
  return (
    <div
      ref={box}
      id={id}
      role="tooltip"
      className="floating pointer-events-none fixed z-60 flex max-w-72 animate-in items-center gap-2 rounded-sm bg-overlay px-2 py-1 text-xs text-ink"
    >
      {children}
    </div>
  )
}

function place(anchor: DOMRect, width: number, height: number, wanted: Side): { left: number; top: number } {
  const middle = { x: anchor.left + anchor.width / 2 - width / 2, y: anchor.top + anchor.height / 2 - height / 2 }
  const side = wanted === 'top' && anchor.top < height + GAP * 2 ? 'bottom' : wanted
  const spots = {
    top: { left: middle.x, top: anchor.top - height - GAP },
    bottom: { left: middle.x, top: anchor.bottom + GAP },
    left: { left: anchor.left - width - GAP, top: middle.y },
    right: { left: anchor.right + GAP, top: middle.y },
  }
  const { left, top } = spots[side]
  return {
    left: Math.max(8, Math.min(left, window.innerWidth - width - 8)),
    top: Math.max(8, Math.min(top, window.innerHeight - height - 8)),
  }
}
