import { ChevronDown } from 'lucide-react'

import { Button, type ButtonProps } from './button'
import { useStrings } from './locale'
import { Menu, type MenuEntry } from './menu'
import { strings } from './strings'

/** The usual action as a button, its variants in a menu beside it. */
export function SplitButton({ items, size = 'md', variant = 'primary', ...rest }: ButtonProps & { items: MenuEntry[] }) {
  const say = useStrings(strings)
  return (
    <span className="inline-flex">
      <Button {...rest} size={size} variant={variant} className="rounded-r-none" />
      <Menu
        items={items}
        trigger={
          <Button
            size={size}
            variant={variant}
            aria-label={say.more}
            disabled={rest.disabled ?? false}
            className="ml-px rounded-l-none !px-1.5"
          >
            <ChevronDown />
          </Button>
        }
      />
    </span>
  )
}
