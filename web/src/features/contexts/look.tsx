import { ImageUp, Trash2 } from 'lucide-react'
import { useEffect, useId, useMemo, useRef, type ChangeEvent } from 'react'

import { Button } from '@/ui/button'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { toast } from '@/ui/toast'

import type { Context } from './queries'
import { strings } from './strings'

/** What the server knows by these names too. */
const SWATCHES = {
  neutral: '#5b6470',
  accent: '#0f7c80',
  blue: '#2563c4',
  green: '#1f7f4c',
  amber: '#a76a00',
  orange: '#c2570c',
  red: '#c5303a',
  violet: '#7445c9',
}
const HEX = /^#[0-9a-f]{6}$/i
const LARGEST_LOGO = 512 * 1024

export function hexOf(color: string): string {
  return color in SWATCHES ? SWATCHES[color as keyof typeof SWATCHES] : color
}

/** A context at a glance: its logo, or its letter in its colour. */
export function ContextMark({ context }: { context: Context }) {
  const fill = hexOf(context.color ?? '')
  return (
    <span className="grid h-9 max-w-14 min-w-9 shrink-0 place-items-center">
      {context.logo_url ? (
        <img src={context.logo_url} alt="" className="max-h-9 max-w-14 object-contain" />
      ) : (
        <span
          aria-hidden
          className="grid size-9 place-items-center rounded-md text-sm font-semibold"
          style={{ backgroundColor: fill, color: inkOn(fill) }}
        >
          {context.name.slice(0, 1).toUpperCase()}
        </span>
      )}
    </span>
  )
}

interface BrandColorProps {
  value: string
  onChange: (hex: string) => void
}

/** A colour that goes well with both themes, or exactly the brand's own. */
export function BrandColor({ value, onChange }: BrandColorProps) {
  const say = useStrings(strings)
  const name = useId()
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div role="radiogroup" aria-label={say.color} className="flex flex-wrap gap-1">
        {Object.entries(SWATCHES).map(([tone, hex]) => (
          <label
            key={tone}
            className="grid size-7 cursor-pointer place-items-center rounded-full border border-transparent hover:bg-hover has-checked:border-line-strong has-checked:bg-press has-focus-visible:outline-2 has-focus-visible:outline-ring pointer-coarse:size-10"
          >
            <input
              type="radio"
              name={name}
              aria-label={say.tones[tone as keyof typeof SWATCHES]}
              className="sr-only"
              checked={value.toLowerCase() === hex}
              onChange={() => onChange(hex)}
            />
            <span className="size-4 rounded-full" style={{ backgroundColor: hex }} />
          </label>
        ))}
      </div>
      <div className="flex items-center gap-2">
        <input
          type="color"
          aria-label={say.ownColor}
          value={HEX.test(value) ? value : '#5b6470'}
          onChange={(event) => onChange(event.target.value)}
          className="h-9 w-10 cursor-pointer rounded-sm border border-control-line bg-transparent p-1"
        />
        <Input
          aria-label={say.hex}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="!w-28 font-mono"
          maxLength={7}
          spellCheck={false}
        />
      </div>
    </div>
  )
}

interface LogoFieldProps {
  /** The stored one, or the one just chosen. */
  url: string | null
  onChoose: (file: File) => void
  onRemove: () => void
}

export function LogoField({ url, onChoose, onRemove }: LogoFieldProps) {
  const say = useStrings(strings)
  const input = useRef<HTMLInputElement>(null)
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (!file) return
    if (file.size > LARGEST_LOGO) toast(say.logoTooLarge, { tone: 'danger' })
    else onChoose(file)
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="grid h-14 w-32 shrink-0 place-items-center overflow-hidden rounded-md border border-line bg-sunken px-2">
        {url ? (
          <img src={url} alt={say.logo} className="max-h-10 max-w-full object-contain" />
        ) : (
          <span className="text-xs text-faint">{say.noLogo}</span>
        )}
      </div>
      <Button icon={<ImageUp />} onClick={() => input.current?.click()}>
        {url ? say.replaceLogo : say.chooseLogo}
      </Button>
      {url && (
        <Button variant="ghost" icon={<Trash2 />} onClick={onRemove}>
          {say.removeLogo}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp"
        aria-label={say.logo}
        className="sr-only"
        tabIndex={-1}
        onChange={choose}
      />
    </div>
  )
}

/** An address for a file that is not sent yet. */
export function useObjectUrl(file: File | null): string | null {
  const url = useMemo(() => (file ? URL.createObjectURL(file) : null), [file])
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url])
  return url
}

interface LookPreviewProps {
  name: string
  tagline: string
  color: string
  logoUrl: string | null
}

/** How the head of the help center will look, on paper and on black. */
export function LookPreview({ name, tagline, color, logoUrl }: LookPreviewProps) {
  const say = useStrings(strings)
  const fill = HEX.test(color) ? color : '#5b6470'
  const shown = name.trim() || say.name
  return (
    <div className="grid gap-2 sm:grid-cols-2" aria-label={say.preview} role="group">
      {(['light', 'dark'] as const).map((theme) => (
        <div
          key={theme}
          data-theme={theme}
          className="rounded-md border border-line bg-canvas p-3 text-ink"
        >
          <div className="flex items-center gap-2 text-sm font-semibold">
            {logoUrl ? (
              <img src={logoUrl} alt="" className="h-6 max-w-24 object-contain" />
            ) : (
              <span
                aria-hidden
                className="grid size-6 place-items-center rounded-sm text-xs"
                style={{ backgroundColor: fill, color: inkOn(fill) }}
              >
                {shown.slice(0, 1).toUpperCase()}
              </span>
            )}
            {!logoUrl && <span className="truncate">{shown}</span>}
          </div>
          <p className="mt-2 truncate text-xs opacity-75">{tagline || say.taglineSample}</p>
          <span
            className="mt-2 inline-block rounded-sm px-2.5 py-1 text-xs font-semibold"
            style={{ backgroundColor: fill, color: inkOn(fill) }}
          >
            {say.askUs}
          </span>
        </div>
      ))}
    </div>
  )
}

function inkOn(hex: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.183 ? '#16161a' : '#ffffff'
}
