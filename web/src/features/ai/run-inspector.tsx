import { useMutation, useQuery } from '@tanstack/react-query'
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import type { ReactNode } from 'react'

import { http } from '@/api/client'
import { Button, ErrorState, Sheet, SkeletonText, toast, toastError, useFormat, useStrings } from '@/ui'
import { Markdown } from '@/ui/markdown'

import { ConfidenceBar, Decision } from './marks'
import { aiQueries, type Run } from './queries'
import { strings } from './strings'

/** "Why this answer": everything one run saw and decided, in a panel beside the page. */
export function RunInspector({ runId, onClose }: { runId: string | null; onClose: () => void }) {
  const say = useStrings(strings)
  const { data: run, error, refetch } = useQuery({ ...aiQueries.run(runId ?? ''), enabled: runId !== null })
  return (
    <Sheet isOpen={runId !== null} onOpenChange={(isOpen) => !isOpen && onClose()} title={say.why} width="lg">
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!run && !error && <SkeletonText lines={8} />}
      {run && <Inspected run={run} />}
    </Sheet>
  )
}

function Inspected({ run }: { run: Run }) {
  const say = useStrings(strings)
  return (
    <div className="space-y-6 text-sm">
      <div className="flex flex-wrap items-center gap-3">
        <Decision action={run.action} />
        {run.confidence !== null && <ConfidenceBar value={run.confidence} needed={run.threshold} />}
        {run.reason && <span className="text-muted">{say.reasons[run.reason] ?? run.reason.replaceAll('_', ' ')}</span>}
      </div>
      {run.query && (
        <Part title={say.searchedFor}>
          <p className="whitespace-pre-wrap rounded-md bg-sunken px-3 py-2">{run.query}</p>
        </Part>
      )}
      {run.candidates.length > 0 && <Candidates run={run} />}
      {run.citations.length > 0 && <Citations citations={run.citations as { title?: string; text?: string }[]} />}
      {run.draft && (
        <Part title={say.draft}>
          <div className="rounded-md border border-line px-3 py-2">
            <Markdown text={run.draft} />
          </div>
        </Part>
      )}
      <Steps run={run} />
      {run.features && <Features features={run.features} />}
      {run.features && <Judge run={run} />}
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
      {children}
    </section>
  )
}

function Candidates({ run }: { run: Run }) {
  const say = useStrings(strings)
  const format = useFormat()
  return (
    <Part title={say.nearest}>
      <table className="w-full">
        <thead>
          <tr className="text-left text-xs text-muted">
            <th className="py-1 font-normal">{say.sources}</th>
            <th className="w-20 py-1 text-right font-normal">{say.words2}</th>
            <th className="w-20 py-1 text-right font-normal">{say.meaning2}</th>
          </tr>
        </thead>
        <tbody>
          {run.candidates.map((candidate) => (
            <tr key={candidate.article_id} className="border-t border-line">
              <td className="py-1.5 pr-2">
                <a className="hover:underline" href={`/app/knowledge/articles/${candidate.article_id}`}>
                  {candidate.title}
                </a>
              </td>
              <td className="tabular py-1.5 text-right">{format.percent(candidate.words)}</td>
              <td className="tabular py-1.5 text-right">{format.percent(candidate.meaning)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  )
}

function Citations({ citations }: { citations: { title?: string; text?: string }[] }) {
  const say = useStrings(strings)
  return (
    <Part title={say.sources}>
      <ul className="space-y-2">
        {citations.map((citation, index) => (
          <li key={index} className="border-l-2 border-accent pl-3">
            <p className="font-medium">{citation.title}</p>
            <p className="line-clamp-4 whitespace-pre-wrap text-muted">{citation.text}</p>
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Steps({ run }: { run: Run }) {
  const say = useStrings(strings)
  const steps = run.steps as Record<string, unknown>[]
  return (
    <Part title={say.steps}>
      <ol className="list-decimal space-y-1 pl-5">
        {steps.map((step, index) => (
          <li key={index}>
            {say.stepNames[String(step.step)] ?? String(step.step).replaceAll('_', ' ')}{' '}
            <span className="text-muted">
              {Object.entries(step)
                .filter(([name]) => name !== 'step')
                .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(' ') : String(value)}`)
                .join(', ')}
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-2 text-muted">
        {say.written}: {run.provider === 'openai' ? run.model : say.embedded} · {say.took(run.milliseconds)}
        {run.input_tokens > 0 && ` · ${say.tokens(run.input_tokens, run.output_tokens)} · ${run.cost.toFixed(5)}`}
        {run.prompt_version && ` · ${run.prompt_version}`}
      </p>
    </Part>
  )
}

function Features({ features }: { features: Record<string, number> }) {
  const say = useStrings(strings)
  return (
    <Part title={say.features}>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-0.5 sm:grid-cols-[1fr_auto_1fr_auto]">
        {Object.entries(features).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{say.featureNames[name] ?? name.replaceAll('_', ' ')}</dt>
            <dd className="tabular text-right">{value.toFixed(2)}</dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}

/** What an agent knows: the first article, another one of those found, or none. Both the confidence and the search learn from it. */
function Judge({ run }: { run: Run }) {
  const say = useStrings(strings)
  const [first, ...others] = run.candidates
  const judge = useMutation({
    mutationFn: (article: Run['candidates'][number] | null) =>
      http.post(`/admin/ai/runs/${run.id}/outcome`, { is_right: article !== null && article === first, article_id: article?.article_id ?? null }),
    onSuccess: () => toast(say.judged),
    onError: (error) => toastError(error),
  })
  return (
    <Part title={say.judge}>
      <div className="flex gap-2">
        <Button size="sm" icon={<ThumbsUp />} disabled={judge.isPending} onClick={() => judge.mutate(first ?? null)}>
          {say.right}
        </Button>
        <Button size="sm" icon={<ThumbsDown />} disabled={judge.isPending} onClick={() => judge.mutate(null)}>
          {say.wrong}
        </Button>
      </div>
      {others.length > 0 && (
        <div className="mt-3">
          <p className="text-xs text-muted">{say.otherRight}</p>
          <ul className="mt-1 flex flex-wrap gap-1.5">
            {others.map((article) => (
              <li key={article.article_id} className="max-w-full">
                <Button size="sm" className="max-w-full" disabled={judge.isPending} onClick={() => judge.mutate(article)}>
                  <span className="truncate">{article.title}</span>
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Part>
  )
}
