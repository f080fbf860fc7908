import { useMutation, useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'

import { http } from '@/api/client'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { Sheet } from '@/ui/dialog'
import { useStrings } from '@/ui/locale'
import { RelativeTime } from '@/ui/relative-time'
import { ErrorState, SkeletonRows } from '@/ui/states'
import { toast, toastError } from '@/ui/toast'

import { knowledgeQueries, type Article, type Diff } from '../api'
import { strings } from '../strings'

interface VersionsProps {
  article: Article
  onRestored: (article: Article) => void
  onClose: () => void
}

/** Every saved text, what changed since, and the way back. */
export function Versions({ article, onRestored, onClose }: VersionsProps) {
  const say = useStrings(strings)
  const { data: versions, error, refetch } = useQuery(knowledgeQueries.versions(article.id))
  const [chosen, choose] = useState<number | null>(null)
  const restore = useMutation({
    mutationFn: async (number: number) =>
      (await http.post<{ article: Article }>(`/admin/articles/${article.id}/versions/${number}/restore`)).article,
    onSuccess: (next, number) => {
      toast(say.restored(number), { tone: 'success' })
      onRestored(next)
      onClose()
    },
    onError: (problem) => toastError(problem),
  })
  return (
    <Sheet isOpen onOpenChange={onClose} width="lg" title={say.versions} description={say.versionsHint}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!versions && !error && <SkeletonRows />}
      <ol className="space-y-2">
        {versions?.map((version) => {
          const isCurrent = version.number === article.version
          const isOpen = chosen === version.number
          return (
            <li key={version.number} className="rounded-md border border-line">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3.5 py-2.5">
                <div className="min-w-0 flex-1">
                  <p className="text-base font-medium">
                    {say.version(version.number)} {isCurrent && <Badge tone="green">{say.current}</Badge>}
                  </p>
                  <p className="text-sm text-muted">
                    <RelativeTime at={version.created_at} isPlain />
                    {version.author && ` · ${version.author}`}
                    {version.note && ` · ${version.note}`}
                  </p>
                </div>
                {!isCurrent && (
                  <>
                    <Button size="sm" aria-expanded={isOpen} onClick={() => choose(isOpen ? null : version.number)}>
                      {say.compare}
                    </Button>
                    <Button size="sm" icon={<RotateCcw />} isBusy={restore.isPending} onClick={() => restore.mutate(version.number)}>
                      {say.restore}
                    </Button>
                  </>
                )}
              </div>
              {isOpen && <Comparison articleId={article.id} before={version.number} />}
            </li>
          )
        })}
      </ol>
    </Sheet>
  )
}

function Comparison({ articleId, before }: { articleId: string; before: number }) {
  const { data, error } = useQuery(knowledgeQueries.compare(articleId, before))
  if (error) return <ErrorState error={error} />
  return data ? <DiffView diff={data} /> : <SkeletonRows />
}

const MARK = { same: '', added: 'bg-green-soft text-green', removed: 'bg-red-soft text-red line-through decoration-1' }

export function DiffView({ diff }: { diff: Diff }) {
  const say = useStrings(strings)
  if (!diff.lines.length) return <p className="border-t border-line px-3.5 py-3 text-sm text-muted">{say.noChange}</p>
  return (
    <div className="overflow-x-auto border-t border-line py-2 font-mono text-xs leading-relaxed">
      {diff.lines.map((line) => (
        <p
          key={`${line.before}-${line.after}`}
          className={cx('px-3.5 whitespace-pre-wrap', line.kind === 'added' && 'bg-green-soft', line.kind === 'removed' && 'bg-red-soft')}
        >
          <span aria-hidden className="mr-2 inline-block w-3 text-faint select-none">
            {{ same: ' ', added: '+', removed: '−', changed: '~' }[line.kind]}
          </span>
          {line.parts.map((part, index) =>
            // oxlint-disable-next-line react/no-array-index-key
            part.kind === 'added' ? <ins key={index} className={cx(MARK.added, 'no-underline')}>{part.text}</ins> : part.kind === 'removed' ? <del key={index} className={MARK.removed}>{part.text}</del> : <span key={index}>{part.text}</span>,
          )}
        </p>
      ))}
    </div>
  )
}
