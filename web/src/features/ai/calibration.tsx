import { useQuery } from '@tanstack/react-query'
import { Gauge } from 'lucide-react'

import { EmptyState, ErrorState, SettingsSection, SkeletonRows, useFormat, useStrings } from '@/ui'

import { aiQueries, type Calibration } from './queries'
import { strings } from './strings'

/** How honest the confidence is, and what each threshold would do. */
export function CalibrationPanel({ context }: { context: string }) {
  const say = useStrings(strings)
  const { data, error, refetch } = useQuery(aiQueries.calibration(context))
  return (
    <SettingsSection title={say.calibration} description={say.calibrationAbout}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={4} />}
      {data?.outcomes === 0 && (
        <EmptyState icon={<Gauge />} title={say.noOutcomes}>
          {say.noOutcomesText(data.needed)}
        </EmptyState>
      )}
      {data && data.outcomes > 0 && <Measured data={data} />}
    </SettingsSection>
  )
}

function Measured({ data }: { data: Calibration }) {
  const say = useStrings(strings)
  const format = useFormat()
  const here = data.curve.filter((point) => point.threshold >= data.threshold).at(-1)
  return (
    <div className="space-y-5">
      <p className="text-sm">
        {say.outcomes(data.outcomes, data.needed)}
        {data.calibration_error !== null && (
          <>
            {' '}
            · {say.error} <span className="tabular font-medium">{data.calibration_error.toFixed(3)}</span>
          </>
        )}
      </p>
      <div className="grid gap-6 sm:grid-cols-2">
        <Reliability data={data} />
        <Coverage data={data} />
      </div>
      {here && <p className="text-sm text-muted">{say.atThreshold(format.percent(here.coverage), format.percent(here.precision))}</p>}
    </div>
  )
}

const SIZE = 220
const PAD = 30
const at = (value: number): number => PAD + value * (SIZE - PAD - 8)
const up = (value: number): number => SIZE - PAD - value * (SIZE - PAD - 8)

function Axes({ x, y }: { x: string; y: string }) {
  return (
    <g className="text-faint" stroke="currentColor">
      <path d={`M${at(0)} ${up(1)}V${up(0)}H${at(1)}`} fill="none" />
      {[0.5, 1].map((tick) => (
        <path key={tick} d={`M${at(0)} ${up(tick)}H${at(1)}`} strokeOpacity="0.35" strokeDasharray="2 4" />
      ))}
      <g stroke="none" fill="currentColor" fontSize="11">
        <text x={at(0.5)} y={SIZE - 8} textAnchor="middle">{x}</text>
        <text x={12} y={up(0.5)} textAnchor="middle" transform={`rotate(-90 12 ${up(0.5)})`}>{y}</text>
        <text x={at(0) - 5} y={up(1) + 4} textAnchor="end">1</text>
        <text x={at(1)} y={up(0) + 13} textAnchor="end">1</text>
      </g>
    </g>
  )
}

function Reliability({ data }: { data: Calibration }) {
  const say = useStrings(strings)
  const format = useFormat()
  const bins = data.bins.filter((bin) => bin.count > 0)
  const most = Math.max(...bins.map((bin) => bin.count))
  return (
    <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" className="w-full max-w-xs" aria-label={bins.map((bin) => `${say.promised} ${format.percent(bin.promised)}, ${say.kept} ${format.percent(bin.true)}`).join('; ')}>
      <Axes x={say.promised} y={say.kept} />
      <path d={`M${at(0)} ${up(0)}L${at(1)} ${up(1)}`} className="text-line-strong" stroke="currentColor" />
      {bins.map((bin) => (
        <circle key={bin.low} cx={at(bin.promised)} cy={up(bin.true)} r={3 + 6 * Math.sqrt(bin.count / most)} className="text-violet" fill="currentColor" fillOpacity="0.75">
          <title>{`${say.promised} ${format.percent(bin.promised)}, ${say.kept} ${format.percent(bin.true)} (${bin.count})`}</title>
        </circle>
      ))}
    </svg>
  )
}

function Coverage({ data }: { data: Calibration }) {
  const say = useStrings(strings)
  const path = data.curve.map((point, index) => `${index ? 'L' : 'M'}${at(point.coverage)} ${up(point.precision)}`).join('')
  return (
    <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" className="w-full max-w-xs" aria-label={say.curve}>
      <Axes x={say.coverage} y={say.precision} />
      <path d={`M${at(0)} ${up(data.target_precision)}H${at(1)}`} className="text-green" stroke="currentColor" strokeDasharray="4 3" />
      <path d={path} className="text-violet" stroke="currentColor" strokeWidth="2" fill="none" />
    </svg>
  )
}
