import { FlaskConical, Play } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { Badge, Banner, Button, ConfirmDialog, cx, Select, Tabs, toast, useFormat, useStrings } from '@/ui'

import { useApplyRule, useDryRun, type DryRun, type DryRunTicket, type RuleWrite, type Vocabulary } from './api'
import { strings } from './strings'
import { TruthTree } from './truth'

interface DryRunPanelProps {
  rule: RuleWrite
  ruleId: string | undefined
  /** What is on screen is what is saved, so that it may really be run. */
  isSaved: boolean
  vocabulary: Vocabulary
}

const SPANS = [7, 30, 90, 365]

/** Tries the rule on past tickets: what it would have touched, how, and why. */
export function DryRunPanel({ rule, ruleId, isSaved, vocabulary }: DryRunPanelProps) {
  const say = useStrings(strings)
  const [days, setDays] = useState(30)
  const run = useDryRun()
  const isReady = rule.name.trim() !== '' && rule.triggers.length > 0 && rule.actions.length > 0
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label={say.time}
          className="max-w-40"
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
          options={SPANS.map((span) => ({ value: String(span), label: say.days(span) }))}
        />
        <Button
          icon={<FlaskConical />}
          disabled={!isReady}
          isBusy={run.isPending}
          onClick={() => run.mutate({ rule, rule_id: ruleId, days })}
        >
          {say.tryNow}
        </Button>
        <span className="text-sm text-muted">{isReady ? say.tryHint : say.unsavedTry}</span>
      </div>
      {run.error && <Banner tone="danger">{run.error.message}</Banner>}
      {run.data && <Result result={run.data} ruleId={isSaved ? ruleId : undefined} vocabulary={vocabulary} />}
    </div>
  )
}

interface ResultProps {
  result: DryRun
  ruleId: string | undefined
  vocabulary: Vocabulary
}

function Result({ result, ruleId, vocabulary }: ResultProps) {
  const say = useStrings(strings)
  const format = useFormat()
  const [tab, setTab] = useState<'matches' | 'misses'>('matches')
  const [isAsking, ask] = useState(false)
  const apply = useApplyRule()
  const figures: [string, number][] = [
    [say.lookedAt, result.looked_at],
    [say.wouldRun, result.matched],
    [say.wouldChange, result.changed],
    [say.wouldMail, result.mails],
  ]
  const shown = tab === 'matches' ? result.tickets : result.misses
  return (
    <div className="space-y-4">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-4">
        {figures.map(([label, value]) => (
          <div key={label} className="bg-surface px-4 py-3">
            <dt className="text-xs text-muted">{label}</dt>
            <dd className="tabular mt-0.5 text-2xl font-semibold">{format.number(value)}</dd>
          </div>
        ))}
      </dl>
      {result.may_set_off.length > 0 && <Banner tone="warning">{say.mayLoop(result.may_set_off.join(', '))}</Banner>}
      <div className="rounded-md border border-line">
        <Tabs
          label={say.tryIt}
          value={tab}
          onChange={setTab}
          className="px-2 pt-1"
          tabs={[
            { value: 'matches', label: say.matches, count: result.matched },
            { value: 'misses', label: say.misses, count: result.looked_at - result.matched },
          ]}
        >
          <ul className="divide-y divide-line">
            {shown.map((ticket) => (
              <TicketLine key={ticket.ticket_id} ticket={ticket} vocabulary={vocabulary} />
            ))}
            {shown.length === 0 && <li className="px-2 py-6 text-center text-sm text-muted">{say.noMatch}</li>}
          </ul>
        </Tabs>
      </div>
      {ruleId && tab === 'matches' && result.tickets.length > 0 && (
        <>
          <Button icon={<Play />} onClick={() => ask(true)}>
            {say.apply(result.tickets.length)}
          </Button>
          <ConfirmDialog
            isOpen={isAsking}
            onOpenChange={ask}
            title={say.applyTitle}
            description={say.applyHint(result.tickets.length, result.mails)}
            confirmLabel={say.applyNow}
            variant="primary"
            onConfirm={async () => {
              const ids = result.tickets.map((ticket) => ticket.ticket_id)
              toast((await apply.mutateAsync({ id: ruleId, ticket_ids: ids })).message)
            }}
          />
        </>
      )}
    </div>
  )
}

function TicketLine({ ticket, vocabulary }: { ticket: DryRunTicket; vocabulary: Vocabulary }) {
  const say = useStrings(strings)
  const [isOpen, open] = useState(false)
  return (
    <li className="px-2 py-2.5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
        <Link to={`/app/tickets/${ticket.ticket_id}`} className="min-w-0 flex-1 text-sm hover:underline">
          <span className="tabular text-muted">#{ticket.number}</span>{' '}
          <span className="font-medium">{ticket.subject}</span>
        </Link>
        <Button size="sm" variant="ghost" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          {say.why}
        </Button>
      </div>
      <Changes changes={ticket.changes.map((change) => change.text)} isMatch={ticket.truth.truth} />
      {isOpen && (
        <div className="mt-2 rounded-md bg-sunken p-3">
          <TruthTree truth={ticket.truth} vocabulary={vocabulary} />
        </div>
      )}
    </li>
  )
}

function Changes({ changes, isMatch }: { changes: string[]; isMatch: boolean }) {
  const say = useStrings(strings)
  if (!isMatch) return null
  if (changes.length === 0) return <p className="text-sm text-muted">{say.noChange}</p>
  return (
    <p className={cx('mt-1 flex flex-wrap gap-1.5')}>
      {changes.map((text, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Badge key={index} tone="blue">
          {text}
        </Badge>
      ))}
    </p>
  )
}
