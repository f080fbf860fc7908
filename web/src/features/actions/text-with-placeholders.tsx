import { Braces } from 'lucide-react'
import { useRef } from 'react'

import { Button, Menu, Textarea, useStrings } from '@/ui'

import type { Placeholder } from './directory'
import { strings } from './strings'

interface TextProps {
  label: string
  value: string
  placeholders: Placeholder[]
  onChange: (text: string) => void
  rows?: number
}

/** A text with a menu that puts placeholders where the cursor is. */
export function TextWithPlaceholders({ label, value, placeholders, onChange, rows = 4 }: TextProps) {
  const say = useStrings(strings)
  const area = useRef<HTMLTextAreaElement>(null)
  const insert = (name: string): void => {
    const at = area.current?.selectionStart ?? value.length
    onChange(`${value.slice(0, at)}{{${name}}}${value.slice(area.current?.selectionEnd ?? at)}`)
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(at + name.length + 4, at + name.length + 4)
    })
  }
  return (
    <div>
      <Textarea
        ref={area}
        aria-label={label}
        rows={rows}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className="mt-1.5">
        <Menu
          align="start"
          trigger={
            <Button size="sm" variant="ghost" icon={<Braces />}>
              {say.placeholders}
            </Button>
          }
          items={placeholders.map((each) => ({
            label: `${each.description} · {{${each.name}}}`,
            onSelect: () => insert(each.name),
          }))}
        />
      </div>
    </div>
  )
}
