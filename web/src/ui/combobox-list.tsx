import { Command } from 'cmdk'
import { Check, Plus } from 'lucide-react'
import { useState } from 'react'

import type { ComboboxShared } from './combobox'
import { CommandList } from './command-list'
import { useStrings } from './locale'
import { strings } from './strings'

interface OptionListProps extends ComboboxShared {
  chosen: string[]
  onPick: (value: string) => void
}

/** What a `Combobox` opens: a search field and the options. */
export default function OptionList({ options, chosen, onPick, onSearch, onCreate, createLabel, ...rest }: OptionListProps) {
  const [text, setText] = useState('')
  const say = useStrings(strings)
  const isNew = text.trim() !== '' && !options.some((option) => option.label.toLowerCase() === text.trim().toLowerCase())
  return (
    <Command shouldFilter={!onSearch} label={rest['aria-label'] ?? say.search} loop>
      <Command.Input
        autoFocus
        value={text}
        onValueChange={(value) => {
          setText(value)
          onSearch?.(value)
        }}
        placeholder={say.search}
        className="h-9 w-full border-b border-line bg-transparent px-3 text-base outline-none"
      />
      <CommandList className="max-h-64 overflow-y-auto p-1" empty={say.nothingFound}>
        {options.map((option) => (
          <Command.Item
            key={option.value}
            value={option.value}
            keywords={[option.label, ...(option.keywords ?? [])]}
            onSelect={() => onPick(option.value)}
            className="flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-press"
          >
            {option.icon}
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {option.hint && <span className="truncate text-xs text-faint">{option.hint}</span>}
            {chosen.includes(option.value) && <Check className="size-4 shrink-0 text-accent-text" />}
          </Command.Item>
        ))}
        {onCreate && isNew && (
          <Command.Item
            value={`__new ${text}`}
            keywords={[text]}
            onSelect={() => onCreate(text.trim())}
            className="flex min-h-8 items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-press"
          >
            <Plus className="size-4 text-faint" />
            {createLabel?.(text.trim()) ?? `“${text.trim()}”`}
          </Command.Item>
        )}
      </CommandList>
    </Command>
  )
}
