import { useMutation, useQuery } from '@tanstack/react-query'
import { BookOpenCheck, MessageSquare, Search } from 'lucide-react'
import { Link, useNavigate } from 'react-router'

import { articleFromTicket, knowledgeQueries, type Gap, type ToMend } from '@/features/knowledge/api'
import { strings } from '@/features/knowledge/strings'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { useStrings } from '@/ui/locale'
import { SettingsSection } from '@/ui/page'
import { RelativeTime } from '@/ui/relative-time'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { toastError } from '@/ui/toast'

export default function ToMendPage() {
  const say = useStrings(strings)
  const mend = useQuery(knowledgeQueries.toMend())
  const gaps = useQuery(knowledgeQueries.gaps())
  return (
    <div className="space-y-6">
      <SettingsSection title={say.mendTitle} description={say.mendHint} isFlush>
        {mend.error && <ErrorState error={mend.error} onRetry={() => void mend.refetch()} />}
        {mend.isPending && <SkeletonRows />}
        {mend.data?.length === 0 && (
          <EmptyState icon={<BookOpenCheck />} title={say.noMend}>
            {say.noMendHint}
          </EmptyState>
        )}
        <ul className="divide-y divide-line">
          {mend.data?.map((article) => (
            <MendRow key={article.id} article={article} />
          ))}
        </ul>
      </SettingsSection>
      <SettingsSection title={say.gaps} description={say.gapsHint} isFlush>
        {gaps.error && <ErrorState error={gaps.error} onRetry={() => void gaps.refetch()} />}
        {gaps.isPending && <SkeletonRows />}
        {gaps.data?.length === 0 && <EmptyState icon={<Search />} title={say.noGaps} className="py-8" />}
        <ul className="divide-y divide-line">
          {gaps.data?.map((gap) => (
            <GapRow key={gap.ticket_id ?? gap.question} gap={gap} />
          ))}
        </ul>
      </SettingsSection>
    </div>
  )
}

function MendRow({ article }: { article: ToMend }) {
  const say = useStrings(strings)
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-5 py-3.5">
      <div className="min-w-0 flex-1 basis-72">
        <Link to={`/app/knowledge/articles/${article.id}`} className="text-base font-medium hover:text-accent-text">
          {article.title}
        </Link>
        <p className="text-sm text-muted">{[article.context ?? say.generalCenter, article.category].filter(Boolean).join(' › ')}</p>
        <ul className="mt-2 flex flex-wrap gap-1.5">
          {article.reasons.map((reason) => (
            <li key={reason.code}>
              <Badge tone={reason.code === 'stale' ? 'neutral' : 'amber'}>{reason.text}</Badge>
            </li>
          ))}
        </ul>
        {article.comments.slice(0, 3).map((comment) => (
          <blockquote key={`${comment.updated_at}${comment.comment}`} className="mt-2 border-l-2 border-line-strong pl-3 text-sm text-muted">
            {comment.comment}
          </blockquote>
        ))}
      </div>
      <Button asChild>
        <Link to={`/app/knowledge/articles/${article.id}`}>{say.mendIt}</Link>
      </Button>
    </li>
  )
}

function GapRow({ gap }: { gap: Gap }) {
  const say = useStrings(strings)
  const navigate = useNavigate()
  const draft = useMutation({
    mutationFn: articleFromTicket,
    onSuccess: (article) => navigate(`/app/knowledge/articles/${article.id}`),
    onError: (error) => toastError(error),
  })
  const ticketId = gap.ticket_id
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3">
      {gap.source === 'ticket' ? <MessageSquare className="size-4 shrink-0 text-faint" aria-hidden /> : <Search className="size-4 shrink-0 text-faint" aria-hidden />}
      <div className="min-w-0 flex-1 basis-60">
        <p className="truncate text-base">{gap.question}</p>
        <p className="text-sm text-muted">
          {ticketId ? (
            <Link to={`/app/tickets/${ticketId}`} className="hover:text-ink hover:underline">
              {say.ticket(gap.ticket_number ?? 0)}
            </Link>
          ) : (
            say.searchGap(gap.times)
          )}
          {gap.context && ` · ${gap.context}`} · <RelativeTime at={gap.last_at} isPlain />
        </p>
      </div>
      {ticketId ? (
        <Button size="sm" isBusy={draft.isPending} onClick={() => draft.mutate(ticketId)}>
          {say.fromTicket}
        </Button>
      ) : (
        <Button size="sm" asChild>
          <Link to={`/app/knowledge/articles/new?title=${encodeURIComponent(gap.question)}`}>{say.writeIt}</Link>
        </Button>
      )}
    </li>
  )
}
