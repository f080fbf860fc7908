import { cleanup, fireEvent, render } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'

import { ShortcutProvider, useArrived, useAwaited, useCommands } from './shortcuts'

afterEach(cleanup)

const closed = vi.fn<(id: string) => void>()
const opened = vi.fn<(id: string) => void>()
afterEach(() => vi.clearAllMocks())

function List({ id, onOpen }: { id: string | null; onOpen: (id: string) => void }) {
  const expectNext = useAwaited(id)
  useCommands([
    {
      id: 'next',
      label: 'Next',
      keys: 'j',
      run: () => {
        expectNext('second')
        onOpen('second')
      },
    },
  ])
  return null
}

function Ticket({ id }: { id: string }) {
  useCommands(
    [
      { id: 'close', label: 'Close', keys: 'e', run: () => closed(id) },
      { id: 'reply', label: 'Reply', keys: 'r', takesText: true, run: () => document.querySelector('input')?.focus() },
    ],
    id,
  )
  useArrived(id)
  return <input aria-label="reply" />
}

const page = (id: string | null, shown: string | null) => (
  <ShortcutProvider>
    <List id={id} onOpen={opened} />
    {shown && <Ticket key={shown} id={shown} />}
  </ShortcutProvider>
)
const press = (...keys: string[]): void => keys.forEach((key) => void fireEvent.keyDown(document.activeElement ?? document.body, { key }))

test('a key pressed while the ticket loads is played once it is there', () => {
  const view = render(page('first', null))
  press('e')
  expect(closed).not.toHaveBeenCalled()
  view.rerender(page('first', 'first'))
  expect(closed.mock.calls).toEqual([['first']])
  press('e')
  expect(closed).toHaveBeenCalledTimes(2)
})

test('a key right after moving on is meant for the next ticket, not for the one still shown', () => {
  const view = render(page('first', 'first'))
  press('j', 'e')
  expect(closed).not.toHaveBeenCalled()
  view.rerender(page('second', 'second'))
  expect(closed.mock.calls).toEqual([['second']])
})

test('what is pressed after a waiting key waits for it, so that the order stays', () => {
  const view = render(page('first', null))
  press('e', 'j', 'e')
  expect(opened).not.toHaveBeenCalled()
  view.rerender(page('first', 'first'))
  expect(opened.mock.calls).toEqual([['second']])
  expect(closed.mock.calls).toEqual([['first']])
  view.rerender(page('second', 'second'))
  expect(closed.mock.calls).toEqual([['first'], ['second']])
})

test('what is typed after a key that opens a field is text and never a command', () => {
  const insert = vi.fn<(command: string, ui: boolean, text: string) => void>()
  Object.assign(document, { execCommand: insert })
  const view = render(page('first', null))
  press('r', 'H', 'e', ' ', 'j')
  view.rerender(page('first', 'first'))
  expect(insert.mock.calls).toEqual([['insertText', false, 'He j']])
  expect(closed).not.toHaveBeenCalled()
  expect(opened).not.toHaveBeenCalled()
})

test('escape takes waiting keys back, and what never comes holds nothing', () => {
  const view = render(page('first', null))
  press('e', 'Escape')
  view.rerender(page('first', 'first'))
  expect(closed).not.toHaveBeenCalled()
  view.rerender(page('gone', null))
  press('e')
  view.rerender(page(null, null))
  press('j')
  expect(opened).toHaveBeenCalledTimes(1)
})
