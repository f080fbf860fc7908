import { Slot } from 'radix-ui'
import { useState, type ComponentType, type ReactNode } from 'react'

export interface MenuAction {
  label: string
  icon?: ReactNode
  keys?: string
  onSelect?: () => void
  isDanger?: boolean
  isChecked?: boolean
  disabled?: boolean
  /** A menu of its own. */
  items?: MenuEntry[]
}

export type MenuEntry = MenuAction | 'separator' | { heading: string }

export interface MenuProps {
  trigger: ReactNode
  items: (MenuEntry | false | null | undefined)[]
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** Shown above the entries, e.g. who is signed in. */
  header?: ReactNode
}

type Panel = ComponentType<MenuProps & { isFirstOpen: boolean }>

let loading: Promise<Panel> | undefined
let loaded: Panel | undefined

function load(): Promise<Panel> {
  loading ??= import('./menu-panel').then((module) => (loaded = module.default))
  return loading
}

/**
 * Actions behind a button: `items` in groups parted by `'separator'`. The menu itself weighs as much as a
 * page, so it is loaded when the pointer or the focus comes near its button.
 */
export function Menu(props: MenuProps) {
  const [Panel, setPanel] = useState<Panel | undefined>(() => loaded)
  const [isWanted, want] = useState(false)
  if (Panel) return <Panel {...props} isFirstOpen={isWanted} />
  const come = (): void => void load().then((panel) => setPanel(() => panel))
  const open = (): void => {
    want(true)
    come()
  }
  return (
    <Slot.Root
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={open}
    >
      {props.trigger}
    </Slot.Root>
  )
}
