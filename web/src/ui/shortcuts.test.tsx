import { cleanup, fireEvent, render } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'

import { Kbd } from './kbd'
import { keyOf, keyParts, ShortcutProvider, useCommandList, useCommands, useOwnKeys, type Command, type OwnKeys } from './shortcuts'

afterEach(cleanup)

function Page({ commands }: { commands: Command[] }) {
  useCommands(commands)
  return <input aria-label="field" />
}

const command = (label: string): Command => ({ id: 'x', label, run: () => undefined })

function List() {
  return <p>{useCommandList().map((command) => command.label).join(', ')}</p>
}

test('a key runs its command, but not while somebody types', () => {
  const run = vi.fn<() => void>()
  const send = vi.fn<() => void>()
  const view = render(
    <ShortcutProvider>
      <Page
        commands={[
          { id: 'a', label: 'A', keys: 'e', run },
          { id: 'b', label: 'B', keys: 'mod+enter', run: send },
        ]}
      />
    </ShortcutProvider>,
  )
  fireEvent.keyDown(document.body, { key: 'e' })
  expect(run).toHaveBeenCalledTimes(1)
  const field = view.getByLabelText('field')
  fireEvent.keyDown(field, { key: 'e' })
  expect(run).toHaveBeenCalledTimes(1)
  fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
  expect(send).toHaveBeenCalledTimes(1)
})

test('a sequence waits for its second key, and a single key does not fire in its place', () => {
  const inbox = vi.fn<() => void>()
  const info = vi.fn<() => void>()
  render(
    <ShortcutProvider>
      <Page
        commands={[
          { id: 'inbox', label: 'Inbox', keys: 'g i', run: inbox },
          { id: 'info', label: 'Info', keys: 'i', run: info },
        ]}
      />
    </ShortcutProvider>,
  )
  fireEvent.keyDown(document.body, { key: 'g' })
  fireEvent.keyDown(document.body, { key: 'i' })
  expect(inbox).toHaveBeenCalledTimes(1)
  expect(info).not.toHaveBeenCalled()
  fireEvent.keyDown(document.body, { key: 'i' })
  expect(info).toHaveBeenCalledTimes(1)
})

test('commands are listed while their component is there, with their latest words', () => {
  const shown = (label: string | null) => (
    <ShortcutProvider>
      {label && <Page commands={[command(label)]} />}
      <List />
    </ShortcutProvider>
  )
  const view = render(shown('Close'))
  expect(view.container.textContent).toContain('Close')
  view.rerender(shown(null))
  expect(view.container.textContent).toBe('')
})

test('keys are named alike on all systems', () => {
  const press = { metaKey: false, ctrlKey: false, altKey: false, shiftKey: false }
  expect(keyOf({ ...press, key: '?', shiftKey: true })).toBe('?')
  expect(keyOf({ ...press, key: 'T', shiftKey: true })).toBe('shift+t')
  expect(keyOf({ ...press, key: 'k', ctrlKey: true })).toBe('mod+k')
  expect(keyParts('mod+enter')).toEqual([['Ctrl', '↵']])
  expect(keyParts('g i')).toEqual([['G'], ['I']])
})

function Own({ keys }: { keys: OwnKeys }) {
  useOwnKeys(keys)
  return <Kbd keys="e" />
}

test("a person's own keys replace the usual ones, and tooltips show them", () => {
  const close = vi.fn<() => void>()
  const shown = (keys: OwnKeys) => (
    <ShortcutProvider>
      <Page commands={[{ id: 'close', label: 'Close', keys: 'e', run: close }]} />
      <Own keys={keys} />
    </ShortcutProvider>
  )
  const own = { close: 'y' }
  const view = render(shown(own))
  fireEvent.keyDown(document.body, { key: 'e' })
  expect(close).not.toHaveBeenCalled()
  fireEvent.keyDown(document.body, { key: 'y' })
  expect(close).toHaveBeenCalledTimes(1)
  expect(view.container.textContent).toBe('Y')
  view.rerender(shown({ close: '' }))
  fireEvent.keyDown(document.body, { key: 'y' })
  expect(close).toHaveBeenCalledTimes(1)
  expect(view.container.textContent).toBe('')
})
