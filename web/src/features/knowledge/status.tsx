import { Archive, CircleCheck, Lock, PencilLine } from 'lucide-react'

import { Badge } from '@/ui/badge'
import { useStrings } from '@/ui/locale'

import type { ArticleStatus } from './api'
import { strings } from './strings'

export function ArticleState({ status }: { status: ArticleStatus }) {
  const say = useStrings(strings)
  const looks = {
    draft: { tone: 'amber', icon: <PencilLine /> },
    published: { tone: 'green', icon: <CircleCheck /> },
    archived: { tone: 'neutral', icon: <Archive /> },
  } as const
  return (
    <Badge tone={looks[status].tone} icon={looks[status].icon}>
      {say[status]}
    </Badge>
  )
}

export function InternalMark() {
  const say = useStrings(strings)
  return (
    <Badge tone="violet" icon={<Lock />}>
      {say.internal}
    </Badge>
  )
}
