import { Check, ChevronRight } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { Fragment, type ReactNode } from 'react'

import { cx } from './class-names'
import { Kbd } from './kbd'
import type { MenuEntry, MenuProps } from './menu'

const panel =
  'floating z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-pop overflow-y-auto rounded-md bg-overlay p-1 outline-none'

/** What a `Menu` opens; a file of its own, so that pages load it when a menu is about to be used. */
export default function MenuPanel({
  trigger,
  items,
  align = 'end',
  side = 'bottom',
  header,
  isFirstOpen,
}: MenuProps & { isFirstOpen: boolean }) {
  return (
    <Radix.Root modal={false} defaultOpen={isFirstOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} side={side} sideOffset={4} collisionPadding={8} className={panel}>
          {header}
          <Entries items={items.filter((item): item is MenuEntry => Boolean(item))} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Entries({ items }: { items: MenuEntry[] }) {
  return items.map((item, index) => (
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={index}>{entry(item)}</Fragment>
  ))
}

function entry(item: MenuEntry): ReactNode {
  if (item === 'separator') return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />
  if ('heading' in item) {
    return <Radix.Label className="px-2 pt-1.5 pb-1 text-xs font-medium text-faint">{item.heading}</Radix.Label>
  }
  const looks = cx(
    'flex min-h-8 items-center gap-2.5 rounded-sm px-2 py-1 text-sm outline-none select-none [&_svg]:size-4 [&_svg]:shrink-0',
    'data-[disabled]:opacity-50 data-[highlighted]:bg-press',
    item.isDanger ? 'text-red [&_svg]:text-red' : 'text-ink [&_svg]:text-faint',
  )
  if (item.items) {
    return (
      <Radix.Sub>
        <Radix.SubTrigger className={looks}>
          {item.icon}
          <span className="flex-1">{item.label}</span>
          <ChevronRight />
        </Radix.SubTrigger>
        <Radix.Portal>
          <Radix.SubContent className={panel} sideOffset={2} collisionPadding={8}>
            <Entries items={item.items} />
          </Radix.SubContent>
        </Radix.Portal>
      </Radix.Sub>
    )
  }
  const contents = (
    <>
      {item.icon}
      <span className="flex-1 pr-4">{item.label}</span>
      {item.isChecked && <Check className="!text-accent-text" />}
      {item.keys && <Kbd keys={item.keys} />}
    </>
  )
  const shared = { className: looks, disabled: item.disabled ?? false, onSelect: () => item.onSelect?.() }
  if (item.isChecked !== undefined) {
    return (
      <Radix.CheckboxItem checked={item.isChecked} {...shared}>
        {contents}
      </Radix.CheckboxItem>
    )
  }
  return <Radix.Item {...shared}>{contents}</Radix.Item>
}
