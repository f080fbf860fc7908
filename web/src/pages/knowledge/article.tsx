import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'

import { knowledgeQueries, type Article } from '@/features/knowledge/api'
import { Editor } from '@/features/knowledge/editor/editor'
import { ErrorState, SkeletonRows } from '@/ui/states'

/** Writes an article; a new one gets its address with the first words. */
export default function ArticlePage() {
  const { articleId = 'new' } = useParams()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const [created, setCreated] = useState<string | null>(null)
  const isNew = articleId === 'new' || articleId === created
  const { data, error, refetch } = useQuery({ ...knowledgeQueries.article(articleId), enabled: !isNew, refetchOnWindowFocus: false })
  const onCreated = useCallback(
    (article: Article) => {
      setCreated(article.id)
      void navigate(`/app/knowledge/articles/${article.id}`, { replace: true })
    },
    [navigate],
  )
  if (isNew) return <Editor key="new" initialTitle={params.get('title') ?? ''} onCreated={onCreated} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} isPage />
  return data ? <Editor key={articleId} loaded={data} onCreated={onCreated} /> : <SkeletonRows />
}
