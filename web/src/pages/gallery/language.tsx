/** The language itself: colour, type, radius, elevation. */
import { cx, Logo } from '@/ui'

import { Row, Sample } from './sample'

const GROUND = ['bg-sunken', 'bg-canvas', 'bg-surface', 'bg-raised', 'bg-overlay', 'bg-hover', 'bg-press']
const TONES = ['bg-accent', 'bg-blue', 'bg-green', 'bg-amber', 'bg-orange', 'bg-red', 'bg-violet']
const SOFT = ['bg-accent-soft', 'bg-blue-soft', 'bg-green-soft', 'bg-amber-soft', 'bg-orange-soft', 'bg-red-soft', 'bg-violet-soft']
const SAID = ['bg-said-customer', 'bg-said-agent', 'bg-said-ai', 'bg-said-note']
const SIZES = ['text-2xl', 'text-xl', 'text-lg', 'text-md', 'text-base', 'text-sm', 'text-xs', 'text-2xs', 'text-3xs']
const RADII = ['rounded-xs', 'rounded-sm', 'rounded-md', 'rounded-lg', 'rounded-xl', 'rounded-full']
const HEIGHTS = ['lit', 'shadow-low', 'shadow-mid', 'shadow-high', 'floating']

export function Colours() {
  return (
    <Sample name="Colour">
      <Swatches names={GROUND} />
      <Swatches names={TONES} />
      <Swatches names={SOFT} />
      <Swatches names={SAID} />
      <Row>
        <span className="text-ink">Ink</span>
        <span className="text-muted">Muted</span>
        <span className="text-faint">Faint</span>
        <span className="text-accent-text">Accent</span>
        <Logo className="size-7" />
      </Row>
    </Sample>
  )
}

function Swatches({ names }: { names: string[] }) {
  return (
    <div className="grid grid-cols-4 gap-3 sm:grid-cols-7">
      {names.map((name) => (
        <figure key={name} className="min-w-0">
          <div className={cx('h-10 rounded-md border border-line', name)} />
          <figcaption className="mt-1 truncate text-2xs text-muted">{name.slice(3)}</figcaption>
        </figure>
      ))}
    </div>
  )
}

export function Forms() {
  return (
    <Sample name="Type, radius, elevation">
      <div className="space-y-1">
        {SIZES.map((size) => (
          <p key={size} className={cx('truncate', size)}>
            A calm sentence in {size.slice(5)}
          </p>
        ))}
        <p className="font-mono text-sm">Monospaced: DW-4711</p>
      </div>
      <Row>
        {RADII.map((radius) => (
          <span key={radius} className={cx('grid h-12 w-20 place-items-center border border-line-strong text-2xs text-muted', radius)}>
            {radius.slice(8)}
          </span>
        ))}
      </Row>
      <div className="flex flex-wrap gap-6 py-4">
        {HEIGHTS.map((height) => (
          <span key={height} className={cx('grid h-12 w-20 place-items-center rounded-md bg-raised text-2xs text-muted', height)}>
            {height}
          </span>
        ))}
      </div>
    </Sample>
  )
}
