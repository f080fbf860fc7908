import { useEffect, useRef, useState, type ReactNode } from 'react'

import { cx } from './class-names'
import { useStrings } from './locale'
import { strings } from './strings'

export interface Panel {
  id: string
  content: ReactNode
  /** Pixels at first; the panel without `width` takes what is left. */
  width?: number
  minWidth?: number
  maxWidth?: number
  isHidden?: boolean
  className?: string
}

interface ResizablePanelsProps {
  /** Widths are remembered under this name. */
  name: string
  panels: Panel[]
  className?: string
}

/** Panels side by side with handles to drag or to move by arrow keys; double click gives the first width back. */
export function ResizablePanels({ name, panels, className }: ResizablePanelsProps) {
  const [widths, setWidths] = useState<Record<string, number>>(() => remembered(name))
  useEffect(() => {
    try {
      localStorage.setItem(`deskwell.panels.${name}`, JSON.stringify(widths))
    } catch {
      // Not remembered then.
    }
  }, [name, widths])
  const shown = panels.filter((panel) => !panel.isHidden)
  const flexible = shown.findIndex((panel) => panel.width === undefined)
  return (
    <div className={cx('flex min-h-0 min-w-0', className)}>
      {shown.map((panel, index) => {
        const width = panel.width === undefined ? undefined : (widths[panel.id] ?? panel.width)
        const resize = (next: number | undefined): void => {
          const kept = next === undefined ? panel.width : clamp(next, panel.minWidth ?? 180, panel.maxWidth ?? 640)
          setWidths((all) => ({ ...all, [panel.id]: kept ?? 0 }))
        }
        const handle = width !== undefined && (
          <Handle width={width} onResize={resize} direction={index < flexible || flexible < 0 ? 1 : -1} />
        )
        return (
          <div
            key={panel.id}
            className={cx('relative flex min-h-0', width === undefined ? 'min-w-0 flex-1' : 'shrink-0')}
            style={width === undefined ? undefined : { width }}
          >
            {index > flexible && flexible >= 0 && handle}
            <div className={cx('min-w-0 flex-1 overflow-hidden', panel.className)}>{panel.content}</div>
            {(index < flexible || flexible < 0) && handle}
          </div>
        )
      })}
    </div>
  )
}

interface HandleProps {
  width: number
  onResize: (width: number | undefined) => void
  direction: 1 | -1
}

function Handle({ width, onResize, direction }: HandleProps) {
  const say = useStrings(strings)
  const start = useRef<{ x: number; width: number } | null>(null)
  return (
    // A separator that can be focused and moved is the ARIA pattern for a window splitter.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={say.resize}
      aria-valuenow={Math.round(width)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onDoubleClick={() => onResize(undefined)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key]
        if (step) onResize(width + step * direction)
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width }
      }}
      onPointerMove={(event) => {
        if (start.current) onResize(start.current.width + (event.clientX - start.current.x) * direction)
      }}
      onPointerUp={() => (start.current = null)}
      className={cx(
        'group absolute inset-y-0 z-20 w-2 cursor-col-resize touch-none outline-none',
        direction === 1 ? '-right-1' : '-left-1',
      )}
    >
      <span className="mx-auto block h-full w-px bg-line transition-colors group-hover:bg-accent-line group-focus-visible:w-0.5 group-focus-visible:bg-accent group-active:bg-accent" />
    </div>
  )
}

function clamp(value: number, low: number, high: number): number {
  return Math.round(Math.max(low, Math.min(high, value)))
}

function remembered(name: string): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(`deskwell.panels.${name}`) ?? '{}') as Record<string, number>
  } catch {
    return {}
  }
}
