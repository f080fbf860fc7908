import { useMutation, useQuery } from '@tanstack/react-query'
import { BookOpenText, Check, Link2 } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { http } from '@/api/client'
import { Badge, Button, ErrorState, IconButton, SkeletonText, toastError, useFormat, useStrings } from '@/ui'

import { insertIntoComposer } from './insertion'
import { copilotQueries, used, type Suggestions } from './queries'
import { strings } from './strings'

interface CopilotPanelProps {
  ticketId: string
  /** How many messages the thread has: with each new one the suggestions are asked for again. */
  messages: number
  onApplied: () => void
}

/** What may help with a ticket: articles, similar tickets, proposals. Each is one click to take. */
export function CopilotPanel({ ticketId, messages, onApplied }: CopilotPanelProps) {
  const { data, error, refetch } = useQuery(copilotQueries.suggestions(ticketId, messages))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonText lines={5} />
  return (
    <div className="space-y-4">
      <Articles ticketId={ticketId} articles={data.articles} />
      <Similar tickets={data.tickets} />
      <Proposals ticketId={ticketId} proposals={data.proposals} onApplied={onApplied} />
    </div>
  )
}

function Heading({ children }: { children: string }) {
  return <h3 className="mb-1 text-xs font-medium text-muted">{children}</h3>
}

function Articles({ ticketId, articles }: { ticketId: string; articles: Suggestions['articles'] }) {
  const say = useStrings(strings)
  const insert = (article: Suggestions['articles'][number]): void => {
    insertIntoComposer(`${say.linkText(article.title)}${window.location.origin}${article.url}`)
    used(ticketId, { kind: 'article', was_useful: true, article_id: article.article_id })
  }
  return (
    <section>
      <Heading>{say.articles}</Heading>
      {articles.length === 0 && <p className="text-sm text-muted">{say.noArticles}</p>}
      <ul className="space-y-1.5">
        {articles.slice(0, 3).map((article) => (
          <li key={article.article_id} className="group flex items-start gap-2">
            <BookOpenText className="mt-0.5 size-4 shrink-0 text-faint" />
            <div className="min-w-0 flex-1">
              <Link to={`/app/knowledge/articles/${article.article_id}`} className="block truncate text-sm hover:underline">
                {article.title}
              </Link>
              <p className="line-clamp-2 text-xs text-muted">{article.excerpt}</p>
            </div>
            {article.is_internal ? <Badge>{say.internal}</Badge> : <IconButton size="sm" label={say.insert} icon={<Link2 />} onClick={() => insert(article)} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Similar({ tickets }: { tickets: Suggestions['tickets'] }) {
  const say = useStrings(strings)
  const format = useFormat()
  return (
    <section>
      <Heading>{say.similar}</Heading>
      {tickets.length === 0 && <p className="text-sm text-muted">{say.noSimilar}</p>}
      <ul className="space-y-1.5">
        {tickets.slice(0, 4).map((ticket) => (
          <li key={ticket.ticket_id}>
            <Link to={`/app/tickets/${ticket.ticket_id}`} className="flex items-baseline gap-2 text-sm hover:underline">
              <span className="min-w-0 flex-1 truncate">
                <span className="tabular text-muted">#{ticket.number}</span> {ticket.subject}
              </span>
              <span className="tabular text-xs text-muted">{format.percent(ticket.similarity)}</span>
            </Link>
            {ticket.solution && (
              <p className="line-clamp-2 text-xs text-muted">
                {say.solved}: {ticket.solution}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

type Proposed = Suggestions['proposals']

function Proposals({ ticketId, proposals, onApplied }: { ticketId: string; proposals: Proposed; onApplied: () => void }) {
  const say = useStrings(strings)
  const moods: Record<string, string> = say.moods
  return (
    <section>
      <Heading>{say.proposals}</Heading>
      <ul className="space-y-1">
        {proposals.category && (
          <Proposal
            label={say.category}
            guess={proposals.category}
            onApply={() => http.put(`/ticket/${ticketId}/category`, { category: proposals.category?.value })}
            onApplied={onApplied}
            ticketId={ticketId}
            kind="category"
          />
        )}
        {proposals.tags.map((tag) => (
          <Proposal
            key={tag.id}
            label={say.tag}
            guess={tag}
            onApply={() => http.post(`/ticket/${ticketId}/tags`, { tag_ids: [tag.id] })}
            onApplied={onApplied}
            ticketId={ticketId}
            kind="tag"
          />
        ))}
        <Proposal
          label={say.priority}
          guess={proposals.priority}
          onApply={() => http.post(`/ticket/${ticketId}/priority`, { priority: proposals.priority.value })}
          onApplied={onApplied}
          ticketId={ticketId}
          kind="priority"
        />
        <Proposal label={say.mood} guess={{ ...proposals.sentiment, value: moods[proposals.sentiment.value] ?? proposals.sentiment.value }} />
        <Proposal label={say.language} guess={{ ...proposals.language, value: languageName(proposals.language.value) }} />
      </ul>
    </section>
  )
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(undefined, { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

interface ProposalProps {
  label: string
  guess: { value: string; probability: number }
  onApply?: () => Promise<unknown>
  onApplied?: () => void
  ticketId?: string
  kind?: string
}

function Proposal({ label, guess, onApply, onApplied, ticketId, kind }: ProposalProps) {
  const say = useStrings(strings)
  const format = useFormat()
  const [isDone, setDone] = useState(false)
  const apply = useMutation({
    mutationFn: async () => onApply?.(),
    onSuccess: () => {
      setDone(true)
      onApplied?.()
      if (ticketId && kind) used(ticketId, { kind, was_useful: true })
    },
    onError: (error) => toastError(error),
  })
  return (
    <li className="flex min-h-8 items-center gap-2 text-sm">
      <span className="w-20 shrink-0 text-muted">{label}</span>
      <span className="min-w-0 flex-1 truncate">
        {guess.value}{' '}
        <span className="tabular text-xs text-muted" title={say.guess(format.percent(guess.probability))}>
          {format.percent(guess.probability)}
        </span>
      </span>
      {onApply &&
        (isDone ? (
          <span className="flex items-center gap-1 text-xs text-green">
            <Check className="size-3.5" /> {say.applied}
          </span>
        ) : (
          <Button size="sm" variant="ghost" isBusy={apply.isPending} onClick={() => apply.mutate()}>
            {say.apply}
          </Button>
        ))}
    </li>
  )
}
