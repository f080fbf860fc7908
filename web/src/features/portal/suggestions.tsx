import { useQuery } from '@tanstack/react-query'
import { BookOpen } from 'lucide-react'
import { useEffect, useState } from 'react'

import { useStrings } from '@/ui/locale'

import { portalQueries } from './api'
import { strings } from './strings'

/** Articles that may answer what is being typed; nothing when none does. */
export function Suggestions({ words, context }: { words: string; context: string }) {
  const say = useStrings(strings)
  const query = useSettled(words, 300)
  const { data } = useQuery(portalQueries.suggestions(query, context))
  const articles = query.trim().length >= 4 ? (data?.articles ?? []) : []
  return (
    <div aria-live="polite">
      {articles.length > 0 && (
        <section className="animate-in rounded-lg border border-line bg-surface p-4">
          <h2 className="text-sm font-semibold">{say.suggestions}</h2>
          <ul className="mt-2 space-y-0.5">
            {articles.slice(0, 4).map((article) => (
              <li key={article.id}>
                <a
                  href={article.url}
                  target="_blank"
                  rel="noreferrer"
                  className="-mx-2 flex gap-2.5 rounded-md px-2 py-2 hover:bg-hover"
                >
                  <BookOpen className="mt-0.5 size-4 shrink-0 text-accent-text" aria-hidden />
                  <span className="min-w-0">
                    <span className="block text-sm font-medium">{article.title}</span>
                    {article.excerpt && <span className="line-clamp-2 text-sm text-muted">{article.excerpt}</span>}
                  </span>
                </a>
              </li>
            ))}
          </ul>
          <p className="mt-2 text-xs text-muted">{say.suggestionsHint}</p>
        </section>
      )}
    </div>
  )
}

/** The value once it has not changed for a while. */
export function useSettled<T>(value: T, delay: number): T {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), delay)
    return () => clearTimeout(timer)
  }, [value, delay])
  return settled
}
