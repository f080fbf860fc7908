import { useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { Badge, Button, EmptyState, ErrorState, Pagination, RelativeTime, Segmented, SkeletonRows, useStrings, type Tone } from '@/ui'

import { ruleQueries, type Outcome, type Run, type Vocabulary } from './api'
import { strings } from './strings'
import { TruthTree } from './truth'

const TONE: Record<Outcome, Tone> = { ran: 'green', not_matched: 'neutral', stopped: 'amber', failed: 'red' }

/** Every look of a rule at a ticket, with the truth of each condition. */
export function RuleLog({ ruleId, vocabulary }: { ruleId: string; vocabulary: Vocabulary }) {
  const say = useStrings(strings)
  const [outcome, setOutcome] = useState<Outcome | 'all'>('all')
  const [page, setPage] = useState(1)
  const runs = useQuery(ruleQueries.runs(ruleId, outcome, page))
  return (
    <div className="space-y-3">
      <div className="overflow-x-auto">
        <Segmented
          label={say.outcome}
          value={outcome}
          onChange={(value) => {
            setOutcome(value)
            setPage(1)
          }}
          options={[
            { value: 'all', label: say.all },
            ...(Object.keys(say.outcomes) as Outcome[]).map((value) => ({ value, label: say.outcomes[value] })),
          ]}
        />
      </div>
      {runs.error ? (
        <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />
      ) : runs.isPending ? (
        <SkeletonRows rows={4} />
      ) : runs.data.runs.length === 0 ? (
        <EmptyState icon={<History />} title={say.noRuns}>
          {say.noRunsHint}
        </EmptyState>
      ) : (
        <>
          <ul className="divide-y divide-line rounded-md border border-line">
            {runs.data.runs.map((run) => (
              <RunLine key={run.id} run={run} vocabulary={vocabulary} />
            ))}
          </ul>
          <Pagination info={runs.data.pagination} onPage={setPage} />
        </>
      )}
    </div>
  )
}

interface RunLineProps {
  run: Run
  vocabulary: Vocabulary | undefined
  /** On a ticket the rule is named, in a rule's log the ticket. */
  isOnTicket?: boolean
}

export function RunLine({ run, vocabulary, isOnTicket = false }: RunLineProps) {
  const say = useStrings(strings)
  const [isOpen, open] = useState(run.outcome === 'failed' || run.outcome === 'stopped')
  const trigger = vocabulary?.triggers.find((each) => each.key === run.trigger)?.label ?? run.trigger.replaceAll('_', ' ')
  return (
    <li className="px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Badge tone={TONE[run.outcome]}>{say.outcomes[run.outcome]}</Badge>
        {isOnTicket ? (
          <span className="min-w-0 flex-1 truncate font-medium">{run.rule_name}</span>
        ) : (
          <Link to={`/app/tickets/${run.ticket_id}`} className="min-w-0 flex-1 truncate hover:underline">
            <span className="tabular text-muted">#{run.ticket_number}</span>{' '}
            <span className="font-medium">{run.ticket_subject}</span>
          </Link>
        )}
        <span className="text-xs text-faint">{trigger}</span>
        <span className="text-xs text-faint">
          <RelativeTime at={run.created_at} />
        </span>
        <Button size="sm" variant="ghost" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          {say.why}
        </Button>
      </div>
      {isOpen && (
        <div className="mt-2 space-y-3 rounded-md bg-sunken p-3">
          {run.reason && <p className="text-sm text-ink">{run.reason}</p>}
          <TruthTree truth={run.truth} vocabulary={vocabulary} />
          {run.changes.length > 0 && (
            <p className="flex flex-wrap gap-1.5">
              {run.changes.map((change, index) => (
                // oxlint-disable-next-line react/no-array-index-key
                <Badge key={index} tone="blue">
                  {change.text}
                </Badge>
              ))}
            </p>
          )}
        </div>
      )}
    </li>
  )
}

/** The rules that looked at one ticket; for the ticket's details. */
export function TicketRuleRuns({ ticketId }: { ticketId: string }) {
  const say = useStrings(strings)
  const runs = useQuery(ruleQueries.ofTicket(ticketId))
  if (runs.error) return <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />
  if (runs.isPending) return <SkeletonRows rows={2} />
  if (runs.data.length === 0) return <p className="text-sm text-muted">{say.noRulesHere}</p>
  return (
    <ul aria-label={say.rulesHere} className="divide-y divide-line rounded-md border border-line">
      {runs.data.map((run) => (
        <RunLine key={run.id} run={run} vocabulary={undefined} isOnTicket />
      ))}
    </ul>
  )
}
