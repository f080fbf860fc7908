import { Bold, Code, Eye, Italic, Link2, List, ListOrdered, Lock, Pencil, Quote, Reply } from 'lucide-react'
import type { ReactNode } from 'react'

import { IconButton } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { useStrings } from '@/ui/locale'

import { strings } from '../agent/strings'
import type { Format, Mode } from './field'

interface ToolbarProps {
  mode: Mode
  onMode: (mode: Mode) => void
  active: ReadonlySet<Format>
  onFormat: (format: Format) => void
  isRich: boolean
  onRich: () => void
  isPreview: boolean
  onPreview: () => void
}

const FORMATS: { format: Format; icon: ReactNode; keys?: string }[] = [
  { format: 'bold', icon: <Bold />, keys: 'mod+b' },
  { format: 'italic', icon: <Italic />, keys: 'mod+i' },
  { format: 'list', icon: <List /> },
  { format: 'numbered', icon: <ListOrdered /> },
  { format: 'quote', icon: <Quote /> },
  { format: 'link', icon: <Link2 /> },
  { format: 'code', icon: <Code />, keys: 'mod+e' },
]

/** What is written, to whom, and how it looks. */
export function Toolbar({ mode, onMode, active, onFormat, isRich, onRich, isPreview, onPreview }: ToolbarProps) {
  const say = useStrings(strings)
  return (
    <div className="flex items-center gap-1 px-1.5 pt-1.5">
      <ModeButton isOn={mode === 'reply'} icon={<Reply />} label={say.reply} keys="r" onClick={() => onMode('reply')} />
      <ModeButton isOn={mode === 'note'} icon={<Lock />} label={say.note} keys="n" onClick={() => onMode('note')} />
      <span className="flex-1" />
      <div role="toolbar" aria-label={say.format} className="flex items-center max-md:hidden">
        {FORMATS.map(({ format, icon, keys }) => (
          <IconButton
            key={format}
            size="sm"
            label={say.formats[format]}
            icon={icon}
            isPressed={active.has(format)}
            {...(keys && { keys })}
            // The selection stays in the text.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onFormat(format)}
          />
        ))}
      </div>
      {!isRich && (
        <IconButton
          size="sm"
          label={isPreview ? say.edit : say.preview}
          icon={isPreview ? <Pencil /> : <Eye />}
          isPressed={isPreview}
          onClick={onPreview}
        />
      )}
      <button
        type="button"
        aria-pressed={!isRich}
        title={isRich ? say.toMarkdown : say.toRich}
        onClick={onRich}
        className={cx(
          'ml-0.5 h-6 rounded-xs px-1.5 text-xs font-semibold transition-colors hover:bg-hover hover:text-ink',
          isRich ? 'text-faint' : 'bg-press text-ink',
        )}
      >
        <span aria-hidden>M↓</span>
        <span className="sr-only">{say.markdown}</span>
      </button>
    </div>
  )
}

interface ModeButtonProps {
  isOn: boolean
  icon: ReactNode
  label: string
  keys: string
  onClick: () => void
}

function ModeButton({ isOn, icon, label, keys, onClick }: ModeButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-keyshortcuts={keys}
      onClick={onClick}
      className={cx(
        'inline-flex h-7 items-center gap-1.5 rounded-sm px-2 text-sm font-medium transition-colors [&_svg]:size-3.5',
        isOn ? 'bg-press text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {icon}
      {label}
    </button>
  )
}
