import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, CircleDashed, CircleSlash } from 'lucide-react'
import { Link } from 'react-router'

import { http } from '@/api/client'
import type { components } from '@/api/schema'
import { useUser } from '@/features/accounts/session'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { cx } from '@/ui/class-names'
import { useStrings } from '@/ui/locale'
import { toast, toastError } from '@/ui/toast'

import { strings } from './strings'

type Checklist = components['schemas']['Checklist']
type Step = Checklist['steps'][number]

const checklistQuery = queryOptions({
  queryKey: ['onboarding'],
  queryFn: () => http.get<Checklist>('/admin/onboarding'),
})

/** Leads a new owner to the first answered ticket; nothing once that is reached or the list is hidden. */
export function SetUpChecklist() {
  const user = useUser()
  const { data } = useQuery({ ...checklistQuery, enabled: user.role === 'admin' })
  return data && !data.is_hidden ? <List checklist={data} /> : null
}

function List({ checklist }: { checklist: Checklist }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: (change: { key: string; is_skipped: boolean }) => http.post<Checklist>('/admin/onboarding/skip', change),
    onSuccess: (next) => client.setQueryData(checklistQuery.queryKey, next),
    onError: (error) => toastError(error),
  })
  const hide = (): void => {
    mutate({ key: 'everything', is_skipped: true })
    toast(say.hidden, { onUndo: () => mutate({ key: 'everything', is_skipped: false }) })
  }
  const next = checklist.steps.find((step) => !step.is_done && !step.is_skipped)
  const share = checklist.done / checklist.steps.length
  return (
    <Card className="overflow-hidden" role="region" aria-labelledby="set-up-title">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 pt-4 pb-3">
        <h2 id="set-up-title" className="text-md font-semibold">
          {say.title}
        </h2>
        <span className="text-sm text-muted tabular-nums">{say.progress(checklist.done, checklist.steps.length)}</span>
        <Button size="sm" variant="ghost" className="ml-auto" onClick={hide}>
          {say.hide}
        </Button>
      </div>
      <div className="h-0.5 bg-line" aria-hidden>
        <div className="h-full bg-accent transition-[width]" style={{ width: `${share * 100}%` }} />
      </div>
      <ol className="divide-y divide-line">
        {checklist.steps
          .filter((step) => !step.is_done)
          .map((step) => (
            <StepRow key={step.key} step={step} isNext={step === next} onSkip={(is_skipped) => mutate({ key: step.key, is_skipped })} />
          ))}
      </ol>
      <Done steps={checklist.steps.filter((step) => step.is_done)} />
    </Card>
  )
}

/** What is behind one, in one line. */
function Done({ steps }: { steps: Step[] }) {
  const say = useStrings(strings)
  if (steps.length === 0) return null
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1.5 border-t border-line px-5 py-3">
      {steps.map((step) => (
        <li key={step.key} className="flex items-center gap-1.5 text-sm text-muted">
          <CircleCheck className="size-4 shrink-0 text-green" aria-label={say.done} />
          {step.title}
        </li>
      ))}
    </ul>
  )
}

interface StepRowProps {
  step: Step
  isNext: boolean
  onSkip: (isSkipped: boolean) => void
}

function StepRow({ step, isNext, onSkip }: StepRowProps) {
  const say = useStrings(strings)
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-5 py-3">
      {step.is_skipped ? (
        <CircleSlash className="mt-0.5 size-5 shrink-0 text-faint" aria-label={say.skipped} />
      ) : (
        <CircleDashed className={cx('mt-0.5 size-5 shrink-0', isNext ? 'text-accent-text' : 'text-faint')} aria-hidden />
      )}
      <div className="min-w-0 flex-1 basis-64">
        <p className={cx('text-base font-medium', step.is_skipped && 'text-muted')}>{step.title}</p>
        {!step.is_skipped && <p className="mt-0.5 text-sm text-muted">{step.text}</p>}
      </div>
      <div className="flex gap-1">
        <Button size="sm" variant="ghost" onClick={() => onSkip(!step.is_skipped)}>
          {step.is_skipped ? say.takeUp : say.skip}
        </Button>
        {!step.is_skipped && (
          <Button size="sm" variant={isNext ? 'primary' : 'secondary'} asChild>
            <Link to={step.to}>{say.go}</Link>
          </Button>
        )}
      </div>
    </li>
  )
}
