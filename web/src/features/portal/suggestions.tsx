import { useQuery } from '@tanstack/react-query'
import { BookOpen } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'

import { useStrings } from '@/ui/locale'

import { portalQueries, reportDeflection } from './api'
import { strings } from './strings'

interface SuggestionsProps {
  words: string
  context: string
  onShown: (query: string, ids: string[]) => void
  onOpened: (id: string) => void
}

/** Tells once, when the form is left, whether the suggestions were read and the ticket was sent all the same. */
export function useJournal(context: string) {
  const journal = useRef({ query: '', shown: new Set<string>(), opened: new Set<string>(), isTold: false })
  const tell = (wasSent: boolean): void => {
    const { query, shown, opened, isTold } = journal.current
    if (isTold || shown.size === 0) return
    journal.current.isTold = true
    reportDeflection({ query, context: context || null, shown: [...shown], opened: [...opened], was_sent: wasSent })
  }
  const leave = useEffectEvent(() => tell(false))
  useEffect(() => () => leave(), [])
  return {
    noteSent: () => tell(true),
    onOpened: (id: string) => void journal.current.opened.add(id),
    onShown: (query: string, ids: string[]) => {
      journal.current.query = query
      for (const id of ids) journal.current.shown.add(id)
    },
  }
}

/** Articles that may answer what is being typed; nothing when none does. */
export function Suggestions({ words, context, onShown, onOpened }: SuggestionsProps) {
  const say = useStrings(strings)
  const query = useSettled(words, 300)
  const { data } = useQuery(portalQueries.suggestions(query, context))
  const articles = query.trim().length >= 4 ? (data?.articles ?? []) : []
  const ids = articles.map((article) => article.id).join()
  const note = useEffectEvent(() => onShown(query, ids.split(',').slice(0, 4)))
  useEffect(() => {
    if (ids) note()
  }, [ids])
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
                  onClick={() => onOpened(article.id)}
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
