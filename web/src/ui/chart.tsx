import { Table2, TrendingUp } from 'lucide-react'
import { useId, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react'

import { IconButton } from './button'
import type { Tone } from './badge'
import { cx } from './class-names'
import { useFormat, useStrings } from './locale'
import { strings } from './strings'

export const STROKE: Record<Tone, string> = {
  neutral: 'text-faint',
  accent: 'text-accent',
  blue: 'text-blue',
  green: 'text-green',
  amber: 'text-amber',
  orange: 'text-orange',
  red: 'text-red',
  violet: 'text-violet',
}
const ORDER: Tone[] = ['accent', 'violet', 'blue', 'amber', 'green', 'orange', 'red', 'neutral']
/** About the width of a letter on the axis. */
const LETTER = 6
const BOTTOM = 22
const TOP = 8

export interface Series {
  name: string
  values: (number | null)[]
  tone?: Tone
}

export interface ChartProps {
  title: string
  labels: string[]
  series: Series[]
  kind?: 'line' | 'bar' | 'stacked'
  format?: (value: number) => string
  height?: number
  action?: ReactNode
}

/** A line, bar or stacked bar chart with its numbers as a table behind it. */
export function Chart({ title, labels, series, kind = 'line', format, height = 200, action }: ChartProps) {
  const say = useStrings(strings)
  const [isTable, showTable] = useState(false)
  const formats = useFormat()
  const shown = format ?? formats.number
  return (
    <figure>
      <figcaption className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="min-w-0 text-sm font-medium max-sm:flex-1">{title}</span>
        {series.length > 1 && <Legend series={series} />}
        <span className="ml-auto flex">
          {action}
          <IconButton
            size="sm"
            label={isTable ? say.asChart : say.asTable}
            icon={isTable ? <TrendingUp /> : <Table2 />}
            onClick={() => showTable(!isTable)}
          />
        </span>
      </figcaption>
      {isTable ? (
        <NumberTable title={title} labels={labels} series={series} format={shown} />
      ) : (
        <Plot title={title} labels={labels} series={series} kind={kind} format={shown} height={height} />
      )}
    </figure>
  )
}

export function toneAt(series: Series, index: number): Tone {
  return series.tone ?? ORDER[index % ORDER.length] ?? 'accent'
}

function Legend({ series }: { series: Series[] }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-muted max-sm:order-last max-sm:basis-full">
      {series.map((each, index) => (
        <span key={each.name} className={cx('inline-flex items-center gap-1.5', STROKE[toneAt(each, index)])}>
          <span className="size-2 rounded-full bg-current" />
          <span className="text-muted">{each.name}</span>
        </span>
      ))}
    </span>
  )
}

/** A round number at or above `value`: 1, 2, 2.5 or 5 times a power of ten. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= value) ?? 10
  return step * power
}

type PlotProps = Required<Pick<ChartProps, 'title' | 'labels' | 'series' | 'kind' | 'height'>> & {
  format: (value: number) => string
}

function Plot({ title, labels, series, kind, format, height }: PlotProps) {
  const [hovered, hover] = useState<number | null>(null)
  const sums = labels.map((_, at) => series.reduce((sum, each) => sum + (each.values[at] ?? 0), 0))
  const tops = kind === 'stacked' ? sums : series.flatMap((each) => each.values.map((value) => value ?? 0))
  const ceiling = niceCeiling(Math.max(...tops, 0))
  const [box, width] = useWidth()
  const left = 12 + LETTER * Math.max(3, ...[0, 0.5, 1].map((part) => format(ceiling * part).length))
  const step = (width - left) / Math.max(labels.length, 1)
  const x = (at: number): number => left + step * (at + 0.5)
  const y = (value: number): number => TOP + (height - TOP - BOTTOM) * (1 - value / ceiling)
  const every = Math.ceil(labels.length / Math.max(Math.floor((width - left) / 72), 2))
  return (
    <div ref={box} className="relative">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        height={height}
        role="img"
        aria-label={title}
        className="block overflow-visible"
      >
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line x1={left} x2={width} y1={y(ceiling * part)} y2={y(ceiling * part)} stroke="var(--line)" />
            <text x={left - 8} y={y(ceiling * part) + 4} textAnchor="end" className="tabular fill-faint text-2xs">
              {format(ceiling * part)}
            </text>
          </g>
        ))}
        {labels.map(
          (label, at) =>
            at % every === 0 && (
              <text key={label} x={x(at)} y={height - 4} textAnchor="middle" className="fill-faint text-2xs">
                {label}
              </text>
            ),
        )}
        {kind === 'line'
          ? series.map((each, index) => <Line key={each.name} series={each} index={index} x={x} y={y} />)
          : labels.map((label, at) => (
              <Bars key={label} at={at} series={series} kind={kind} x={x(at)} width={Math.min(step * 0.62, 44)} y={y} />
            ))}
        {hovered !== null && (
          <line x1={x(hovered)} x2={x(hovered)} y1={TOP} y2={height - BOTTOM} stroke="var(--line-strong)" />
        )}
        {labels.map((label, at) => (
          <rect
            key={label}
            x={left + step * at}
            y={0}
            width={step}
            height={height}
            fill="transparent"
            onPointerEnter={() => hover(at)}
            onPointerLeave={() => hover(null)}
          />
        ))}
      </svg>
      {hovered !== null && (
        <div
          className="floating pointer-events-none absolute top-0 z-10 rounded-sm bg-overlay px-2.5 py-1.5 text-xs"
          style={{
            left: x(hovered),
            transform: hovered > labels.length / 2 ? 'translateX(calc(-100% - 8px))' : 'translateX(8px)',
          }}
        >
          <p className="mb-0.5 font-medium">{labels[hovered]}</p>
          {series.map((each, index) => (
            <p key={each.name} className={cx('flex items-center gap-2', STROKE[toneAt(each, index)])}>
              <span className="size-1.5 rounded-full bg-current" />
              <span className="text-muted">{each.name}</span>
              <span className="tabular ml-auto pl-3 text-ink">{shownValue(each.values[hovered], format)}</span>
            </p>
          ))}
        </div>
      )}
    </div>
  )
}

/** How wide a box is, so that what is drawn in it keeps the size of its letters. */
function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(640)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = (): void => setWidth(Math.max(Math.round(element.clientWidth), 200))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [box, width]
}

function shownValue(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value)
}

interface MarkProps {
  series: Series
  index: number
  x: (at: number) => number
  y: (value: number) => number
}

function Line({ series, index, x, y }: MarkProps) {
  const points = series.values.flatMap((value, at) => (value === null ? [] : [`${x(at)},${y(value)}`]))
  return (
    <g className={STROKE[toneAt(series, index)]}>
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth={2} strokeLinejoin="round" strokeLinecap="round" />
      {points.length === 1 && <circle cx={points[0]?.split(',')[0]} cy={points[0]?.split(',')[1]} r={3} fill="currentColor" />}
    </g>
  )
}

interface BarsProps {
  at: number
  series: Series[]
  kind: 'bar' | 'stacked' | 'line'
  x: number
  width: number
  y: (value: number) => number
}

function Bars({ at, series, kind, x, width, y }: BarsProps) {
  const each = kind === 'bar' ? width / series.length : width
  let below = 0
  return series.map((one, index) => {
    const value = one.values[at] ?? 0
    const from = kind === 'stacked' ? below : 0
    below += value
    const left = kind === 'bar' ? x - width / 2 + each * index : x - width / 2
    return (
      <rect
        key={one.name}
        x={left}
        y={y(from + value)}
        width={Math.max(each - (kind === 'bar' && series.length > 1 ? 2 : 0), 1)}
        height={Math.max(y(from) - y(from + value), 0)}
        rx={2}
        fill="currentColor"
        className={STROKE[toneAt(one, index)]}
      />
    )
  })
}

interface NumberTableProps {
  title: string
  labels: string[]
  series: Series[]
  format: (value: number) => string
}

function NumberTable({ title, labels, series, format }: NumberTableProps) {
  const id = useId()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="max-h-64 overflow-auto rounded-md border border-line" tabIndex={0} role="region" aria-labelledby={id}>
      <table className="tabular w-full text-sm">
        <caption id={id} className="sr-only">
          {title}
        </caption>
        <thead>
          <tr className="text-left text-xs text-muted">
            <th scope="col">
              <span className="sr-only">{title}</span>
            </th>
            {series.map((each) => (
              <th key={each.name} scope="col" className="px-3 py-1.5 text-right font-medium">
                {each.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, at) => (
            <tr key={label} className="border-t border-line">
              <th scope="row" className="px-3 py-1.5 text-left font-normal">
                {label}
              </th>
              {series.map((each) => (
                <td key={each.name} className="px-3 py-1.5 text-right">
                  {shownValue(each.values[at], format)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
