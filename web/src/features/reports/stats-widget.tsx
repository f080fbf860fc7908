import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { Link } from 'react-router'

import { useLiveQueries } from '@/api/live'
import { Card } from '@/ui/card'
import { useFormat, useStrings } from '@/ui/locale'
import { Skeleton } from '@/ui/states'

import { BacklogChart, VolumeChart } from './charts'
import { reportQueries } from './queries'
import { strings } from './strings'
import { Tile } from './tile'

const FIGURES = ['created', 'closed', 'first_response_median', 'ai_resolution_rate']
const STATS_KINDS = ['ticket.opened', 'ticket.closed', 'ticket.reopened']

/** How many tickets there are, and the last month at a glance: for the home page. */
export function StatsWidget() {
  const say = useStrings(strings)
  const { data: figures } = useQuery(reportQueries.figures())
  const { data: overview } = useQuery(reportQueries.overview({ days: 30, figures: FIGURES.join(',') }))
  return (
    <section className="space-y-3">
      <Counts />
      <div className="flex items-baseline justify-between pt-3">
        <h2 className="text-md font-semibold">{say.lastDays}</h2>
        <Link to="/app/reports" className="inline-flex items-center gap-1 text-sm text-accent-text hover:underline">
          {say.allReports} <ArrowRight className="size-3.5" aria-hidden />
        </Link>
      </div>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {FIGURES.map((key) => (
          <Tile key={key} figure={figures?.get(key)} overview={overview} />
        ))}
      </div>
      {overview ? (
        <div className="grid gap-3 lg:grid-cols-2">
          <VolumeChart overview={overview} />
          <BacklogChart overview={overview} />
        </div>
      ) : (
        <Skeleton className="h-64 rounded-lg" />
      )}
    </section>
  )
}

/** All, open and closed tickets, renewed as they change. */
export function Counts() {
  const say = useStrings(strings)
  const format = useFormat()
  const { data } = useQuery(reportQueries.stats())
  useLiveQueries(reportQueries.stats().queryKey, (event) => STATS_KINDS.includes(event.kind))
  const counts = [
    { label: say.statsOpen, value: data?.open_tickets },
    { label: say.statsClosed, value: data?.closed_tickets },
    { label: say.statsTotal, value: data?.total_tickets },
  ]
  return (
    <Card className="grid grid-cols-3 divide-x divide-line">
      {counts.map(({ label, value }) => (
        <div key={label} className="px-4 py-3">
          <p className="text-sm text-muted">{label}</p>
          {value === undefined ? (
            <Skeleton className="mt-1 h-8 w-16" />
          ) : (
            <p className="tabular text-2xl font-semibold">{format.number(value)}</p>
          )}
        </div>
      ))}
    </Card>
  )
}
