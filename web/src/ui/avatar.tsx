import { Sparkles } from 'lucide-react'

import { cx } from './class-names'

const HUES = [
  'bg-blue-soft text-blue',
  'bg-green-soft text-green',
  'bg-amber-soft text-amber',
  'bg-orange-soft text-orange',
  'bg-violet-soft text-violet',
  'bg-red-soft text-red',
  'bg-accent-soft text-accent-text',
]

const SIZES = { xs: 'size-5 text-3xs', sm: 'size-6 text-2xs', md: 'size-8 text-xs', lg: 'size-12 text-lg' }

interface AvatarProps {
  name: string
  size?: keyof typeof SIZES
  isAi?: boolean
  /** Online right now. */
  isPresent?: boolean
  className?: string
}

/** Initials on a colour that stays the same for a name; decorative, the name stands beside it. */
export function Avatar({ name, size = 'md', isAi = false, isPresent = false, className }: AvatarProps) {
  return (
    <span
      aria-hidden
      title={name}
      className={cx(
        'relative inline-grid shrink-0 place-items-center rounded-full font-semibold tracking-wide select-none',
        SIZES[size],
        isAi ? 'bg-violet-soft text-violet' : HUES[hash(name) % HUES.length],
        className,
      )}
    >
      {isAi ? <Sparkles className="size-[55%]" /> : initials(name)}
      {isPresent && (
        <span className="absolute -right-px -bottom-px size-2.5 rounded-full border-2 border-surface bg-green" />
      )}
    </span>
  )
}

export function initials(name: string): string {
  const words = name.split('@', 1)[0]?.split(/[\s._-]+/).filter(Boolean) ?? []
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return `${[...(first ?? '?')][0] ?? ''}${[...(last ?? '')][0] ?? ''}`.toUpperCase()
}

function hash(text: string): number {
  let value = 7
  for (const letter of text) value = (value * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return value
}
