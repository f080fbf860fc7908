import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FileText, Link2 } from 'lucide-react'
import { useDeferredValue, useState } from 'react'

import { http } from '@/api/client'
import type { components } from '@/api/schema'
import { Badge } from '@/ui/badge'
import { IconButton } from '@/ui/button'
import { Finder } from '@/ui/finder'
import { useStrings } from '@/ui/locale'
import { toastError } from '@/ui/toast'

import type { Article } from './api'
import { strings } from './strings'

type Found = components['schemas']['FoundArticle']

interface ArticlePickerProps {
  context: string
  /** What is searched for before anything is typed. */
  subject: string
  onInsert: (text: string) => void
}

/** Finds an article and puts its link, or its text, into the reply. */
export function ArticlePicker({ context, subject, onInsert }: ArticlePickerProps) {
  const say = useStrings(strings)
  const [words, setWords] = useState('')
  const q = useDeferredValue(words.trim() || subject)
  const { data } = useQuery({
    queryKey: ['knowledge', 'search', q, context],
    queryFn: ({ signal }) => http.get<{ articles: Found[] }>('/admin/articles/search', { q, context, limit: 6 }, { signal }),
    placeholderData: keepPreviousData,
  })
  const insertText = async (id: string): Promise<void> => {
    try {
      onInsert((await http.get<{ article: Article }>(`/admin/articles/${id}`)).article.body)
    } catch (error) {
      toastError(error)
    }
  }
  return (
    <Finder
      label={say.search}
      words={words}
      onWords={setWords}
      autoFocus
      found={data?.articles}
      keyOf={(article) => article.id}
      empty={say.nothingFound}
    >
      {(article) => (
        <div className="flex items-start gap-1 rounded-sm px-2 py-1.5 hover:bg-hover">
          <div className="min-w-0 flex-1">
            <p className="truncate text-sm font-medium">
              {article.title} {article.visibility === 'internal' && <Badge tone="violet">{say.internal}</Badge>}
            </p>
            <p className="line-clamp-2 text-xs text-muted">{article.excerpt}</p>
          </div>
          {article.visibility === 'public' && (
            <>
              <IconButton
                size="sm"
                label={say.insertLink}
                icon={<Link2 />}
                onClick={() => onInsert(`[${article.title}](${window.location.origin}${article.url})`)}
              />
              <IconButton size="sm" label={say.insertText} icon={<FileText />} onClick={() => void insertText(article.id)} />
            </>
          )}
        </div>
      )}
    </Finder>
  )
}
