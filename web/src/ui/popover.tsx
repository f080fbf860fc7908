import { Slot } from 'radix-ui'
import { useEffect, useState, type ComponentType, type ReactNode } from 'react'

export interface PopoverProps {
  trigger: ReactNode
  children: ReactNode
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  label?: string
  className?: string
}

type Panel = ComponentType<PopoverProps & { isFirstOpen: boolean }>

let loading: Promise<Panel> | undefined
let loaded: Panel | undefined

function load(): Promise<Panel> {
  loading ??= import('./popover-panel').then((module) => (loaded = module.default))
  return loading
}

/** A small panel beside its button, loaded when the pointer or the focus comes near. */
export function Popover(props: PopoverProps) {
  const [Panel, setPanel] = useState<Panel | undefined>(() => loaded)
  const [isWanted, want] = useState(false)
  const isOpen = props.isOpen ?? false
  useEffect(() => {
    if (isOpen) void load().then((panel) => setPanel(() => panel))
  }, [isOpen])
  if (Panel) return <Panel {...props} isFirstOpen={isWanted} />
  const open = (): void => {
    want(true)
    props.onOpenChange?.(true)
    void load().then((panel) => setPanel(() => panel))
  }
  return (
    <Slot.Root
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={open}
    >
      {props.trigger}
    </Slot.Root>
  )
}
