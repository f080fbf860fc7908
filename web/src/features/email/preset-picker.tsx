import { AtSign, Cloud, Mail, Rocket, Send, Server, Zap } from 'lucide-react'
import type { ReactNode } from 'react'

import { cx } from '@/ui/class-names'

import { presets, type PresetId } from './presets'

const ICONS: Record<PresetId, ReactNode> = {
  gmail: <Mail />,
  microsoft: <Cloud />,
  fastmail: <Zap />,
  smtp: <Server />,
  sendgrid: <Send />,
  ses: <AtSign />,
  mailgun: <Rocket />,
}

/** The services as tiles; one is chosen. */
export function PresetPicker({ value, onChange, label }: { value: PresetId; onChange: (id: PresetId) => void; label: string }) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="grid grid-cols-2 gap-2">
        {presets.map((preset) => (
          <label
            key={preset.id}
            className={cx(
              'flex cursor-pointer items-center gap-2 rounded-md border px-3 py-2 text-sm font-medium transition-colors has-focus-visible:outline-2 [&_svg]:size-4',
              preset.id === value ? 'border-accent bg-accent-soft text-accent-text' : 'border-line text-muted hover:bg-hover hover:text-ink',
            )}
          >
            <input type="radio" name="preset" className="sr-only" checked={preset.id === value} onChange={() => onChange(preset.id)} />
            {ICONS[preset.id]}
            {preset.name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
