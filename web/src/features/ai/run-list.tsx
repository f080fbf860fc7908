import { useQuery } from '@tanstack/react-query'
import { Sparkles } from 'lucide-react'
import { useState } from 'react'

import { EmptyState, ErrorState, RelativeTime, Segmented, SettingsSection, SkeletonRows, useStrings } from '@/ui'

import { ConfidenceBar, Decision } from './marks'
import { aiQueries, type Run } from './queries'
import { RunInspector } from './run-inspector'
import { strings } from './strings'

/** What the AI did lately; each line opens the inspector. */
export function RunList() {
  const say = useStrings(strings)
  const [action, setAction] = useState('')
  const [runId, open] = useState<string | null>(null)
  const { data, error, refetch } = useQuery(aiQueries.runs({ kind: 'answer', ...(action && { action }) }))
  const options = ['', 'answered', 'clarified', 'handed_over'].map((value) => ({
    value,
    label: value ? say.actions[value as 'answered'] : say.all,
  }))
  return (
    <SettingsSection title={say.runs} isFlush actions={<Segmented label={say.action} value={action} onChange={setAction} options={options} />}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={6} />}
      {data?.runs.length === 0 && (
        <EmptyState icon={<Sparkles />} title={say.noRuns}>
          {say.noRunsText}
        </EmptyState>
      )}
      <ul>{data?.runs.map((run) => <RunRow key={run.id} run={run} onOpen={() => open(run.id)} />)}</ul>
      <RunInspector runId={runId} onClose={() => open(null)} />
    </SettingsSection>
  )
}

function RunRow({ run, onOpen }: { run: Run; onOpen: () => void }) {
  return (
    <li className="border-b border-line last:border-0">
      <button type="button" onClick={onOpen} className="flex w-full items-center gap-3 px-4 py-2.5 text-left hover:bg-hover">
        <span className="min-w-0 flex-1">
          <span className="block truncate">{run.query || run.ticket_subject}</span>
          <span className="block truncate text-xs text-muted">
            {run.ticket_number !== null && `#${run.ticket_number} `}
            {run.candidates[0]?.title}
          </span>
        </span>
        <span className="max-sm:hidden">{run.confidence !== null && <ConfidenceBar value={run.confidence} needed={run.threshold} />}</span>
        <span className="flex shrink-0 items-center gap-3 max-sm:flex-col max-sm:items-end max-sm:gap-1">
          <Decision action={run.action} />
          <span className="text-right text-xs whitespace-nowrap text-muted sm:w-20">
            <RelativeTime at={run.created_at} />
          </span>
        </span>
      </button>
    </li>
  )
}
