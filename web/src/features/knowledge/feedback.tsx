import { useQuery } from '@tanstack/react-query'
import { ThumbsDown, ThumbsUp } from 'lucide-react'

import { Badge } from '@/ui/badge'
import { Sheet } from '@/ui/dialog'
import { useStrings } from '@/ui/locale'
import { RelativeTime } from '@/ui/relative-time'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'

import { knowledgeQueries } from './api'
import { strings } from './strings'

export function Feedback({ articleId, onClose }: { articleId: string; onClose: () => void }) {
  const say = useStrings(strings)
  const { data, error, refetch } = useQuery(knowledgeQueries.feedback(articleId))
  return (
    <Sheet isOpen onOpenChange={onClose} title={say.feedback}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows />}
      {data?.length === 0 && <EmptyState title={say.noFeedback} />}
      <ul className="divide-y divide-line">
        {data?.map((one) => (
          <li key={`${one.updated_at}${one.comment}`} className="space-y-1 py-3">
            <div className="flex items-center gap-2">
              <Badge tone={one.is_helpful ? 'green' : 'red'} icon={one.is_helpful ? <ThumbsUp /> : <ThumbsDown />}>
                {one.is_helpful ? say.helpful : say.notHelpful}
              </Badge>
              <span className="text-sm text-muted">
                <RelativeTime at={one.updated_at} isPlain /> · {say.version(one.version)}
              </span>
            </div>
            {one.comment && <p className="text-base whitespace-pre-wrap">{one.comment}</p>}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
