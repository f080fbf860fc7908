import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import { http } from '@/api/client'
import { useStrings } from '@/ui/locale'

import { strings } from '../strings'

interface PreviewProps {
  title: string
  body: string
  scrolled: number
}

/** The article as readers will see it: rendered by the server, in the help center's own style, in a frame without scripts. */
export function Preview({ title, body, scrolled }: PreviewProps) {
  const say = useStrings(strings)
  const frame = useRef<HTMLIFrameElement>(null)
  const { data } = useQuery({
    queryKey: ['knowledge', 'preview', body],
    queryFn: ({ signal }) => http.post<{ html: string }>('/admin/articles/preview', { body }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  })
  const html = data?.html ?? ''
  const show = (): void => {
    const page = frame.current?.contentDocument
    const article = page?.getElementById('article')
    if (!page || !article) return
    page.documentElement.dataset.theme = document.documentElement.dataset.theme
    const heading = page.getElementById('title')
    if (heading) heading.textContent = title
    if (article.innerHTML !== html) article.innerHTML = html
    page.documentElement.scrollTop = scrolled * (page.documentElement.scrollHeight - page.documentElement.clientHeight)
  }
  useEffect(show)
  return (
    <iframe
      ref={frame}
      title={say.previewFrame}
      // Same origin so that its text can be exchanged without a flash; no scripts, whatever the text holds.
      sandbox="allow-same-origin"
      srcDoc={PAGE}
      onLoad={show}
      className="h-full min-h-96 w-full flex-1 border-0 bg-transparent"
    />
  )
}

const PAGE =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="/help/assets/help.css"></head>' +
  '<body><main class="wrap"><h1 class="page-title" id="title"></h1><div class="prose" id="article"></div></main></body></html>'
