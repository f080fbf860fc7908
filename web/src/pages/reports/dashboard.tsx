import { useQuery } from '@tanstack/react-query'
import { Download, Globe } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useNavigate, useSearchParams } from 'react-router'

import { may, useUser } from '@/features/accounts/session'
import { BehindSheet } from '@/features/reports/behind'
import { BreakdownTable } from '@/features/reports/breakdown-table'
import {
  AiChart,
  AiResolvedChart,
  BacklogChart,
  MissedChart,
  RepliesChart,
  SlaChart,
  SpeedChart,
  TimeChart,
  VolumeChart,
} from '@/features/reports/charts'
import { Filters } from '@/features/reports/filters'
import { csvAddress, reportQueries, type Overview, type Question } from '@/features/reports/queries'
import { strings } from '@/features/reports/strings'
import { Tile } from '@/features/reports/tile'
import { ownZone } from '@/features/reports/zone'
import { Button, ErrorState, Menu, PageHeader, Skeleton, useFormat, useStrings } from '@/ui'

const TEXTS = ['date_from', 'date_to', 'tz', 'context', 'team_id', 'agent_id', 'tag_id'] as const

/** All figures of a period; the question stands in the address, so that it can be passed on. */
export default function ReportsPage() {
  const say = useStrings(strings)
  const format = useFormat()
  const [question, ask] = useQuestion()
  const [behind, openBehind] = useState<{ figure: string; narrowed: Partial<Question> } | null>(null)
  const { data: figures } = useQuery(reportQueries.figures())
  const { data: overview, error, refetch } = useQuery(reportQueries.overview(question))
  const tile = (key: string, label?: string): ReactNode => (
    <Tile key={key} figure={figures?.get(key)} overview={overview} onOpen={(opened) => openBehind({ figure: opened, narrowed: {} })} {...(label && { label })} />
  )
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-7xl px-5 py-8 sm:px-8">
        <PageHeader
          title={say.title}
          description={say.about}
          actions={
            <>
              <ZoneMenu question={question} overview={overview} ask={ask} />
              <Button asChild>
                <a href={csvAddress('overview', question)} download>
                  <Download /> {say.csv}
                </a>
              </Button>
            </>
          }
        />
        <Filters question={question} onChange={ask} />
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {overview && (
          <p className="tabular -mt-3 mb-6 text-sm text-muted">
            {format.day(overview.period.first)} – {format.day(overview.period.last)},{' '}
            {say.compared(format.day(overview.period.previous_first), format.day(overview.period.previous_last))}
          </p>
        )}
        {!error && (
          <div className="space-y-8">
            <Part title={say.sections.volume}>
              <Tiles>
                {tile('created')}
                {tile('closed')}
                {tile('reopened')}
                {tile('backlog')}
              </Tiles>
              <Charts overview={overview}>{(found) => [<VolumeChart key="v" overview={found} />, <BacklogChart key="b" overview={found} />]}</Charts>
            </Part>
            <Part title={say.sections.speed}>
              <Tiles>
                {tile('first_response_median')}
                {tile('first_response_p90')}
                {tile('first_reply_median')}
                {tile('resolution_median')}
              </Tiles>
              <Charts overview={overview}>
                {(found) => [
                  <SpeedChart key="f" overview={found} kind="first_response" />,
                  <SpeedChart key="r" overview={found} kind="resolution" />,
                ]}
              </Charts>
            </Part>
            <Part title={say.sections.sla}>
              <Tiles>
                {tile('response_compliance')}
                {tile('response_violations')}
                {tile('resolution_compliance')}
                {tile('resolution_violations')}
              </Tiles>
              <Charts overview={overview}>{(found) => [<SlaChart key="s" overview={found} />, <MissedChart key="m" overview={found} />]}</Charts>
            </Part>
            <Part title={say.sections.ai}>
              <Tiles>
                {tile('ai_answer_rate')}
                {tile('ai_resolution_rate')}
                {tile('ai_reopened')}
                {tile('rating_average')}
              </Tiles>
              <Charts overview={overview}>{(found) => [<AiChart key="a" overview={found} />, <AiResolvedChart key="r" overview={found} />]}</Charts>
            </Part>
            <Part title={say.sections.time}>
              <Tiles>
                {tile('replies')}
                {tile('time_total')}
                {tile('time_billable')}
                {tile('time_communication')}
              </Tiles>
              <Charts overview={overview}>{(found) => [<RepliesChart key="r" overview={found} />, <TimeChart key="t" overview={found} />]}</Charts>
            </Part>
            <BreakdownTable
              question={question}
              figures={figures}
              onNarrow={(values) => ask({ ...question, ...values })}
              onOpen={(figure, narrowed) => openBehind({ figure, narrowed })}
            />
          </div>
        )}
      </div>
      {behind && (
        <BehindSheet figure={behind.figure} question={{ ...question, ...behind.narrowed }} onClose={() => openBehind(null)} />
      )}
    </div>
  )
}

function useQuestion(): [Question, (question: Question) => void] {
  const [params, setParams] = useSearchParams()
  const question: Question = {}
  for (const name of TEXTS) question[name] = params.get(name) ?? undefined
  const isCustom = question.date_from !== undefined || question.date_to !== undefined
  if (!isCustom) question.days = Number(params.get('days')) || 30
  const ask = (next: Question): void => {
    const kept = Object.entries(next).filter(([, value]) => value !== undefined && value !== '')
    setParams(new URLSearchParams(kept.map(([key, value]) => [key, String(value)])), { replace: true })
  }
  return [question, ask]
}

interface ZoneMenuProps {
  question: Question
  overview: Overview | undefined
  ask: (question: Question) => void
}

function ZoneMenu({ question, overview, ask }: ZoneMenuProps) {
  const say = useStrings(strings)
  const own = ownZone()
  const user = useUser()
  const navigate = useNavigate()
  return (
    <Menu
      trigger={
        <Button variant="ghost" icon={<Globe />}>
          {say.zone(overview?.period.tz ?? question.tz ?? 'UTC')}
        </Button>
      }
      items={[
        { label: say.zoneDesk, isChecked: !question.tz, onSelect: () => ask({ ...question, tz: undefined }) },
        { label: say.zoneOwn, isChecked: question.tz === own, onSelect: () => ask({ ...question, tz: own }) },
        ...(may(user, 'settings.manage')
          ? (['separator', { label: say.zoneChange, onSelect: () => void navigate('/app/settings/reports') }] as const)
          : []),
      ]}
    />
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-3 text-md font-semibold">{title}</h2>
      <div className="space-y-3">{children}</div>
    </section>
  )
}

function Tiles({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">{children}</div>
}

function Charts({ overview, children }: { overview: Overview | undefined; children: (overview: Overview) => ReactNode[] }) {
  if (!overview) return <Skeleton className="h-64 rounded-lg" />
  const charts = children(overview)
  return <div className={charts.length > 1 ? 'grid gap-3 lg:grid-cols-2' : 'grid gap-3'}>{charts}</div>
}
