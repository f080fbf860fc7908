import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'

import { knowledgeQueries, type Insights } from '@/features/knowledge/api'
import { strings } from '@/features/knowledge/strings'
import { Card } from '@/ui/card'
import { Chart } from '@/ui/chart'
import { useFormat, useStrings } from '@/ui/locale'
import { SettingsSection } from '@/ui/page'
import { RelativeTime } from '@/ui/relative-time'
import { Select } from '@/ui/select'
import { ErrorState, SkeletonRows } from '@/ui/states'

export default function InsightsPage() {
  const say = useStrings(strings)
  const format = useFormat()
  const [params, setParams] = useSearchParams()
  const days = Number(params.get('days') ?? 30)
  const { data, error, refetch } = useQuery(knowledgeQueries.insights(days))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows />
  const said = data.helpful + data.unhelpful
  return (
    <div className="space-y-6">
      <div className="flex justify-end">
        <div className="w-44">
        <Select
          aria-label={say.days}
          value={String(days)}
          onChange={(value) => setParams({ days: value }, { replace: true })}
          options={['7', '30', '90', '365'].map((value) => ({ value, label: say.lastDays(Number(value)) }))}
        />
        </div>
      </div>
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure label={say.searches} value={format.number(data.searches)} hint={`${format.number(data.without_result)} ${say.withoutResult.toLowerCase()}`} />
        <Figure label={say.views} value={format.number(data.views)} />
        <Figure label={say.helpfulRate} value={said ? format.percent(data.helpful / said) : '–'} hint={`${format.number(said)}`} />
        <Figure label={say.deflected} value={format.number(data.deflected)} hint={say.deflectedHint} />
      </dl>
      <Card className="p-4">
        <Chart
          title={say.searchesChart}
          kind="stacked"
          labels={data.by_day.map((day) => format.day(day.day))}
          series={[
            { name: say.withResult, values: data.by_day.map((day) => day.searches - day.without_result), tone: 'accent' },
            { name: say.withoutResult, values: data.by_day.map((day) => day.without_result), tone: 'amber' },
          ]}
        />
      </Card>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <SettingsSection title={say.emptySearches} isFlush>
          <Words rows={data.empty} none={say.noEmptySearches} action={(query) => <WriteIt query={query} />} />
        </SettingsSection>
        <SettingsSection title={say.topSearches} isFlush>
          <Words rows={data.top} none={say.noSearches} />
        </SettingsSection>
      </div>
    </div>
  )
}

function Figure({ label, value, hint }: { label: string; value: string; hint?: string }) {
  return (
    <Card className="px-4 py-3.5">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="mt-1 text-2xl font-semibold tabular-nums">{value}</dd>
      {hint && <dd className="mt-0.5 text-xs text-muted">{hint}</dd>}
    </Card>
  )
}

function WriteIt({ query }: { query: string }) {
  const say = useStrings(strings)
  return (
    <Link to={`/app/knowledge/articles/new?title=${encodeURIComponent(query)}`} className="text-sm text-accent-text hover:underline">
      {say.writeIt}
    </Link>
  )
}

interface WordsProps {
  rows: Insights['top']
  none: string
  action?: (query: string) => ReactNode
}

function Words({ rows, none, action }: WordsProps) {
  if (!rows.length) return <p className="px-5 py-6 text-sm text-muted">{none}</p>
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.query} className="flex items-center gap-3 px-5 py-2.5">
          <span className="min-w-0 flex-1 truncate text-base">{row.query}</span>
          {action?.(row.query)}
          <RelativeTime at={row.last_at} isPlain className="text-sm text-faint max-sm:hidden" />
          <span className="w-10 text-right text-sm tabular-nums">{row.searches}</span>
        </li>
      ))}
    </ul>
  )
}
