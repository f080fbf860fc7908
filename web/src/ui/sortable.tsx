import { GripVertical } from 'lucide-react'
import { useState, type KeyboardEvent, type ReactNode } from 'react'

import { cx } from './class-names'
import { defineStrings, useStrings } from './locale'

const strings = defineStrings(
  {
    move: (name: string) => `Move ${name}: drag it, or press the up and down arrows`,
    moved: (name: string, place: number, count: number) => `${name} is now ${place} of ${count}`,
  },
  {
    move: (name: string) => `${name} verschieben: ziehen oder Pfeiltasten drücken`,
    moved: (name: string, place: number, count: number) => `${name} ist jetzt ${place} von ${count}`,
  },
)

interface SortableProps<Row> {
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowName: (row: Row) => string
  /** All keys in their new order. */
  onOrder: (keys: string[]) => void
  /** Without it the rows keep their places. */
  isSortable?: boolean
  children: (row: Row) => ReactNode
}

/** Rows that are put in order by dragging, or with the arrow keys on their handle. */
export function Sortable<Row>({ rows, rowKey, rowName, onOrder, isSortable = true, children }: SortableProps<Row>) {
  const say = useStrings(strings)
  const [dragged, drag] = useState<string | null>(null)
  const [target, aimAt] = useState<string | null>(null)
  const [announced, announce] = useState('')
  const keys = rows.map(rowKey)

  const move = (key: string, to: number): void => {
    const from = keys.indexOf(key)
    if (to < 0 || to >= keys.length || from === to) return
    const rest = keys.filter((each) => each !== key)
    rest.splice(to, 0, key)
    const row = rows[from]
    if (row !== undefined) announce(say.moved(rowName(row), to + 1, keys.length))
    onOrder(rest)
  }
  const byKey = (event: KeyboardEvent, key: string): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    move(key, keys.indexOf(key) + step)
  }

  return (
    <>
      <ol>
        {rows.map((row, index) => {
          const key = rowKey(row)
          return (
            // Only the handle takes the keyboard; the row is merely where something may be dropped.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li
              key={key}
              onDragOver={(event) => {
                if (!dragged) return
                event.preventDefault()
                aimAt(key)
              }}
              onDrop={(event) => {
                event.preventDefault()
                if (dragged) move(dragged, index)
                drag(null)
                aimAt(null)
              }}
              className={cx(
                'group relative flex items-stretch border-b border-line last:border-0',
                dragged === key && 'opacity-40',
                target === key && dragged !== key && 'bg-accent-soft',
              )}
            >
              {isSortable && (
                <button
                  type="button"
                  draggable
                  aria-label={say.move(rowName(row))}
                  onKeyDown={(event) => byKey(event, key)}
                  onDragStart={(event) => {
                    event.dataTransfer.effectAllowed = 'move'
                    event.dataTransfer.setData('text/plain', key)
                    drag(key)
                  }}
                  onDragEnd={() => {
                    drag(null)
                    aimAt(null)
                  }}
                  className="flex w-8 shrink-0 cursor-grab items-center justify-center text-faint hover:text-ink active:cursor-grabbing"
                >
                  <GripVertical className="size-4" aria-hidden />
                </button>
              )}
              <div className="min-w-0 flex-1">{children(row)}</div>
            </li>
          )
        })}
      </ol>
      <p aria-live="polite" className="sr-only">
        {announced}
      </p>
    </>
  )
}
