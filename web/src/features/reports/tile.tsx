import { ArrowDown, ArrowUp, Minus } from 'lucide-react'

import { Sparkline } from '@/ui/sparkline'
import { cx } from '@/ui/class-names'
import { useFormat, useStrings } from '@/ui/locale'
import { Skeleton } from '@/ui/states'
import { Tooltip } from '@/ui/tooltip'

import { change, shown, type Verdict } from './format'
import type { FigureInfo, Overview } from './queries'
import { strings } from './strings'

/** A growth by so much is told as a multiple. */
const TIMES = 9
const LOOKS: Record<Verdict, string> = { better: 'text-green', worse: 'text-red', neutral: 'text-muted' }

interface TileProps {
  figure: FigureInfo | undefined
  overview: Overview | undefined
  label?: string
  onOpen?: ((key: string) => void) | undefined
}

/** A figure, how it moved, and its course; a click shows the tickets behind it. */
export function Tile({ figure, overview, label, onOpen }: TileProps) {
  const say = useStrings(strings)
  const format = useFormat()
  if (!figure || !overview) return <Skeleton className="h-28 rounded-lg" />
  const { value, previous } = overview.figures[figure.key] ?? { value: null, previous: null }
  const course = (overview.series[figure.key] ?? []).map((each) => each ?? 0)
  const name = label ?? figure.label
  const contents = (
    <>
      <Tooltip label={figure.definition}>
        <span className="block truncate text-sm text-muted">{name}</span>
      </Tooltip>
      <span className="mt-1 flex items-end justify-between gap-2">
        <span className="tabular truncate text-2xl leading-tight font-semibold max-sm:text-xl">{shown(value, figure.unit, format)}</span>
        {course.length > 1 && value !== null && (
          <Sparkline values={course} label={name} tone="neutral" className="mb-0.5 !w-20 shrink @max-[13rem]:hidden" />
        )}
      </span>
      <Delta value={value} previous={previous} figure={figure} />
    </>
  )
  const looks = 'lit @container block min-w-0 rounded-lg border border-line bg-surface px-4 py-3 text-left'
  if (!onOpen) return <div className={looks}>{contents}</div>
  return (
    <button
      type="button"
      aria-label={`${name}: ${shown(value, figure.unit, format)}. ${say.show(name)}`}
      onClick={() => onOpen(figure.key)}
      className={cx(looks, 'transition-colors hover:border-line-strong hover:bg-raised')}
    >
      {contents}
    </button>
  )
}

function Delta({ value, previous, figure }: { value: number | null; previous: number | null; figure: FigureInfo }) {
  const say = useStrings(strings)
  const format = useFormat()
  const moved = change(value, previous, figure.good)
  if (!moved) return <span className="mt-1 block text-xs">{'\u00a0'}</span>
  const Icon = moved.share === 0 ? Minus : moved.share > 0 ? ArrowUp : ArrowDown
  const word = { better: say.better, worse: say.worse, neutral: '' }[moved.verdict]
  return (
    <span className="tabular mt-1 flex items-center gap-1 truncate text-xs">
      <span className={cx('inline-flex items-center gap-0.5 font-medium', LOOKS[moved.verdict])}>
        <Icon className="size-3" aria-hidden />
        {moved.share === 0 ? say.same : moved.share >= TIMES ? say.times(Math.round(moved.share + 1)) : format.percent(Math.abs(moved.share))}
        {word && <span className="sr-only">{word}</span>}
      </span>
      <span className="truncate text-faint">{say.was(shown(previous, figure.unit, format))}</span>
    </span>
  )
}
