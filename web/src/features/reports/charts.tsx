import { useState } from 'react'

import { Card } from '@/ui/card'
import { Chart, type Series } from '@/ui/chart'
import { useFormat, useLocale, useStrings } from '@/ui/locale'
import { Segmented } from '@/ui/segmented'

import { shown } from './format'
import type { Overview } from './queries'
import { strings } from './strings'

type Labels = string[]

/** Names of the pieces of a period: days, weeks by their first day, or months. */
export function useLabels(overview: Overview): Labels {
  const { locale } = useLocale()
  const options: Intl.DateTimeFormatOptions =
    overview.grain === 'month' ? { month: 'short', year: '2-digit' } : { day: 'numeric', month: 'short' }
  const name = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  return overview.buckets.map((day) => name.format(new Date(day)))
}

interface PartProps {
  overview: Overview
}

export function VolumeChart({ overview }: PartProps) {
  const say = useStrings(strings)
  const labels = useLabels(overview)
  return (
    <Panel>
      <Chart
        title={say.volumeChart}
        kind="bar"
        labels={labels}
        series={[
          { name: say.names.created, values: overview.series.created ?? [], tone: 'blue' },
          { name: say.names.closed, values: overview.series.closed ?? [], tone: 'accent' },
        ]}
      />
    </Panel>
  )
}

export function BacklogChart({ overview }: PartProps) {
  const say = useStrings(strings)
  const labels = useLabels(overview)
  const series = [{ name: say.names.backlog, values: overview.series.backlog ?? [], tone: 'violet' as const }]
  return (
    <Panel>
      <Chart title={say.backlogChart} labels={labels} series={series} />
    </Panel>
  )
}

const UNITS = [86_400, 3600, 60]

/** The unit in which durations have round numbers on the axis: days, hours or minutes. */
function unitOf(values: (number | null)[]): number {
  const top = Math.max(...values.map((value) => value ?? 0), 0)
  return UNITS.find((unit) => top >= unit * 2.5) ?? 60
}

/** Median and 90th percentile of response or resolution, by the clock or in business time. */
export function SpeedChart({ overview, kind }: PartProps & { kind: 'first_response' | 'resolution' }) {
  const say = useStrings(strings)
  const format = useFormat()
  const labels = useLabels(overview)
  const [time, setTime] = useState<'clock' | 'business'>('clock')
  const key = time === 'business' ? `${kind}_business` : kind
  const isMissing = time === 'business' && overview.figures[`${key}_median`]?.value === null
  const medians = overview.series[`${key}_median`] ?? []
  const slowest = overview.series[`${key}_p90`] ?? []
  const unit = unitOf(slowest)
  const scaled = (values: (number | null)[]) => values.map((value) => (value === null ? null : value / unit))
  return (
    <Panel>
      <Chart
        title={kind === 'resolution' ? say.resolutionChart : say.responseChart}
        labels={labels}
        format={(value) => shown(value * unit, 'seconds', format)}
        series={[
          { name: say.names.median, values: scaled(medians), tone: 'accent' },
          { name: say.names.p90, values: scaled(slowest), tone: 'amber' },
        ]}
      />
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Segmented
          label={`${say.whichTime}: ${kind}`}
          value={time}
          onChange={setTime}
          options={[
            { value: 'clock', label: say.clockTime },
            { value: 'business', label: say.businessTime },
          ]}
        />
        {isMissing && <p className="text-xs text-muted">{say.noBusiness}</p>}
      </div>
    </Panel>
  )
}

export function MissedChart({ overview }: PartProps) {
  const say = useStrings(strings)
  const labels = useLabels(overview)
  return (
    <Panel>
      <Chart
        title={say.missedChart}
        kind="stacked"
        labels={labels}
        series={[
          { name: say.names.response, values: overview.series.response_violations ?? [], tone: 'red' },
          { name: say.names.resolution, values: overview.series.resolution_violations ?? [], tone: 'orange' },
        ]}
      />
    </Panel>
  )
}

export function RepliesChart({ overview }: PartProps) {
  const say = useStrings(strings)
  const labels = useLabels(overview)
  const series = [{ name: say.repliesChart, values: overview.series.replies ?? [], tone: 'blue' as const }]
  return (
    <Panel>
      <Chart title={say.repliesChart} kind="bar" labels={labels} series={series} />
    </Panel>
  )
}

export function SlaChart({ overview }: PartProps) {
  const say = useStrings(strings)
  const format = useFormat()
  const labels = useLabels(overview)
  return (
    <Panel>
      <Chart
        title={say.slaChart}
        labels={labels}
        format={(value) => shown(value, 'percent', format)}
        series={[
          { name: say.names.response, values: overview.series.response_compliance ?? [], tone: 'accent' },
          { name: say.names.resolution, values: overview.series.resolution_compliance ?? [], tone: 'violet' },
        ]}
      />
    </Panel>
  )
}

export function AiChart({ overview }: PartProps) {
  const say = useStrings(strings)
  const labels = useLabels(overview)
  return (
    <Panel>
      <Chart
        title={say.aiChart}
        kind="stacked"
        labels={labels}
        series={[
          { name: say.names.answered, values: overview.series.ai_answered ?? [], tone: 'violet' },
          { name: say.names.handedOver, values: overview.series.ai_handed_over ?? [], tone: 'amber' },
        ]}
      />
    </Panel>
  )
}

export function AiResolvedChart({ overview }: PartProps) {
  const say = useStrings(strings)
  const labels = useLabels(overview)
  return (
    <Panel>
      <Chart
        title={say.aiResolved}
        kind="stacked"
        labels={labels}
        series={[
          { name: say.names.confirmed, values: overview.series.ai_resolved_confirmed ?? [], tone: 'green' },
          { name: say.names.assumed, values: overview.series.ai_resolved_assumed ?? [], tone: 'blue' },
          { name: say.names.reopenedAfter, values: overview.series.ai_reopened ?? [], tone: 'orange' },
        ]}
      />
    </Panel>
  )
}

const KINDS = ['work', 'communication', 'research', 'waiting', 'other'] as const

export function TimeChart({ overview }: PartProps) {
  const say = useStrings(strings)
  const format = useFormat()
  const labels = useLabels(overview)
  const series: Series[] = KINDS.map((kind) => ({
    name: say.names[kind],
    values: (overview.series[`time_${kind}`] ?? []).map((minutes) => (minutes ?? 0) / 60),
  }))
  return (
    <Panel>
      <Chart
        title={say.timeChart}
        kind="stacked"
        labels={labels}
        format={(hours) => shown(hours * 60, 'minutes', format)}
        series={series}
      />
    </Panel>
  )
}

function Panel({ children }: { children: React.ReactNode }) {
  return <Card className="min-w-0 p-4">{children}</Card>
}
