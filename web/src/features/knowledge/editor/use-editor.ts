import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'

import { ApiError, http } from '@/api/client'

import { createArticle, knowledgeQueries, saveArticle, type Article, type ArticleWrite } from '../api'

export type Keeping = 'saved' | 'waiting' | 'keeping' | 'kept' | 'failed'

export interface Text {
  title: string
  body: string
  summary: string
}

const WAIT = 1500

function textOf(article: Article | undefined): Text {
  const draft = article?.draft as Partial<Text> | null | undefined
  return {
    title: draft?.title ?? article?.title ?? '',
    body: draft?.body ?? article?.body ?? '',
    summary: draft?.summary ?? article?.summary ?? '',
  }
}

/** The text being written: kept by the server while one types, saved when asked to. */
export function useEditor(loaded: Article | undefined, initialTitle: string, onCreated: (article: Article) => void) {
  const client = useQueryClient()
  const [article, setArticle] = useState(loaded)
  const [text, setText] = useState(() => (loaded ? textOf(loaded) : { title: initialTitle, body: '', summary: '' }))
  const [keeping, setKeeping] = useState<Keeping>(loaded?.draft ? 'kept' : 'saved')
  const [keptAt, setKeptAt] = useState<string | null>(loaded?.draft_saved_at ?? null)
  const baseVersion = useRef((loaded?.draft as { base_version?: number } | null)?.base_version ?? loaded?.version ?? 1)
  const latest = useRef({ text, article })
  useEffect(() => {
    latest.current = { text, article }
  })
  const creating = useRef<Promise<Article> | null>(null)

  const take = useCallback(
    (next: Article): void => {
      client.setQueryData(knowledgeQueries.article(next.id).queryKey, next)
      void client.invalidateQueries({ queryKey: [...knowledgeQueries.all, 'list'] })
      setArticle(next)
    },
    [client],
  )

  const ensure = useCallback(
    (values: ArticleWrite): Promise<Article> => {
      creating.current ??= createArticle({ status: 'draft', ...values }).then((made) => {
        take(made)
        baseVersion.current = made.version
        onCreated(made)
        return made
      })
      return creating.current
    },
    [onCreated, take],
  )

  const keep = useCallback(async (): Promise<void> => {
    const { text: now, article: known } = latest.current
    setKeeping('keeping')
    try {
      if (known) {
        const answer = await http.put<{ saved_at: string }>(`/admin/articles/${known.id}/draft`, { ...now, base_version: baseVersion.current })
        setKeptAt(answer.saved_at)
      } else {
        await ensure({ title: now.title.trim() || 'Untitled article', body: now.body })
        setKeptAt(new Date().toISOString())
      }
      setKeeping(latest.current.text === now ? 'kept' : 'waiting')
    } catch {
      setKeeping('failed')
    }
  }, [ensure])

  useEffect(() => {
    if (keeping !== 'waiting') return undefined
    const timer = setTimeout(() => void keep(), WAIT)
    return () => clearTimeout(timer)
  }, [keeping, text, keep])

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (keeping === 'waiting' || keeping === 'failed') event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [keeping])

  const change = (part: Partial<Text>): void => {
    setText((before) => ({ ...before, ...part }))
    setKeeping('waiting')
  }

  const save = useMutation({
    mutationFn: async (values: ArticleWrite & { isForced?: boolean }) => {
      const { isForced, ...rest } = values
      const { text: now, article: known } = latest.current
      const title = now.title.trim() || 'Untitled article'
      const base = known ?? (await ensure({ title, body: now.body }))
      return saveArticle(base.id, {
        ...now,
        title,
        ...rest,
        ...(!isForced && { expected_version: baseVersion.current }),
      })
    },
    onMutate: () => setKeeping('saved'),
    onSuccess: (next) => {
      baseVersion.current = next.version
      take(next)
      setText({ title: next.title, body: next.body, summary: next.summary })
      void client.invalidateQueries({ queryKey: knowledgeQueries.versions(next.id).queryKey })
    },
    onError: () => setKeeping('waiting'),
  })

  const reset = (next: Article): void => {
    baseVersion.current = next.version
    take(next)
    setText(textOf({ ...next, draft: null }))
    setKeeping('saved')
    setKeptAt(null)
    save.reset()
  }

  const isConflict = save.error instanceof ApiError && save.error.status === 409
  return { article, text, change, keeping, keptAt, save, reset, isConflict }
}
