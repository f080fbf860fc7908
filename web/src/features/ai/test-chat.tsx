import { useMutation } from '@tanstack/react-query'
import { RotateCcw, Send } from 'lucide-react'
import { useState } from 'react'

import { Button, cx, EmptyState, Form, Input, SettingsSection, toastError, useStrings } from '@/ui'
import { Markdown } from '@/ui/markdown'

import { ask, type AiAnswer, type Line } from './queries'
import { ConfidenceBar, Decision } from './marks'
import { strings } from './strings'

/** Ask the AI as a customer would, against the knowledge of now. */
export function TestChat({ context }: { context: string }) {
  const say = useStrings(strings)
  const [turns, setTurns] = useState<{ question: string; answer?: AiAnswer }[]>([])
  const [question, setQuestion] = useState('')
  const history: Line[] = turns.flatMap(({ question: asked, answer }) => [
    { role: 'user' as const, content: asked },
    ...(answer ? [{ role: 'assistant' as const, content: answer.answer }] : []),
  ])
  const send = useMutation({
    mutationFn: (text: string) => ask(text, context, history),
    onMutate: (text) => {
      setTurns((old) => [...old, { question: text }])
      setQuestion('')
    },
    onSuccess: (answer) => setTurns((old) => [...old.slice(0, -1), { question: old.at(-1)?.question ?? '', answer }]),
    onError: (error, text) => {
      setTurns((old) => old.slice(0, -1))
      setQuestion(text)
      toastError(error)
    },
  })
  return (
    <SettingsSection
      title={say.chat}
      description={say.chatAbout}
      actions={
        turns.length > 0 && (
          <Button variant="ghost" icon={<RotateCcw />} onClick={() => setTurns([])}>
            {say.clear}
          </Button>
        )
      }
    >
      <ol className="space-y-4" aria-live="polite">
        {turns.map((turn, index) => (
          <li key={index} className="space-y-2">
            <p className="ml-auto w-fit max-w-[85%] rounded-lg bg-accent-soft px-3.5 py-2 text-sm">{turn.question}</p>
            {turn.answer ? <Reply answer={turn.answer} /> : <p className="animate-pulse text-sm text-muted">{say.thinking}</p>}
          </li>
        ))}
      </ol>
      {turns.length === 0 && <EmptyState title={say.chatTry}>{say.chatEmpty}</EmptyState>}
      <Form onSubmit={() => question.trim() && !send.isPending && send.mutate(question.trim())} className="mt-4 flex gap-2">
        <div className="flex-1">
          <Input aria-label={say.askPlaceholder} placeholder={say.askPlaceholder} value={question} onChange={(event) => setQuestion(event.target.value)} />
        </div>
        <Button type="submit" variant="primary" className="h-9" icon={<Send />} isBusy={send.isPending} disabled={!question.trim()}>
          {say.ask}
        </Button>
      </Form>
    </SettingsSection>
  )
}

function Reply({ answer }: { answer: AiAnswer }) {
  const say = useStrings(strings)
  const isCited = answer.citations.length > 0
  const titles = isCited ? [...new Set(answer.citations.map((citation) => citation.title))] : answer.candidates.slice(0, 3).map((candidate) => candidate.title)
  return (
    <div className="max-w-[92%] rounded-lg border border-line bg-sunken px-4 py-3">
      <Markdown text={answer.answer} />
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line pt-2 text-xs text-muted">
        <Decision action={answer.action} />
        {answer.confidence !== null && <ConfidenceBar value={answer.confidence} needed={answer.threshold ?? null} />}
        <span>{say.took(answer.milliseconds)}</span>
      </div>
      {titles.length > 0 && (
        <p className={cx('mt-1 text-xs', isCited ? 'text-ink' : 'text-muted')}>
          {isCited ? say.sources : say.nearest}: {titles.join(' · ')}
        </p>
      )}
    </div>
  )
}
