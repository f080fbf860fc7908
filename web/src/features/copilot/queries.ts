import { queryOptions } from '@tanstack/react-query'

import { failure, http, OfflineError } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Suggestions = Schemas['Suggestions']
export type How = 'rewrite' | 'shorten' | 'friendlier' | 'formal' | 'fix' | 'expand' | 'translate'

export const copilotQueries = {
  all: ['copilot'] as const,
  suggestions: (ticketId: string, messages: number) =>
    queryOptions({
      queryKey: [...copilotQueries.all, ticketId, messages],
      queryFn: () => http.get<Suggestions>(`/ticket/${ticketId}/copilot/suggestions`),
      staleTime: 5 * 60_000,
    }),
}

export interface Draft {
  text: string
  sources: { article_id: string; title: string }[]
  provider: string
  problem: string
  run_id: string
}

/** Ask for a draft; `onText` hears the text as it grows. */
export async function streamDraft(ticketId: string, wish: string, onText: (text: string) => void, signal: AbortSignal): Promise<Draft> {
  const response = await fetch(`/ticket/${ticketId}/copilot/draft`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ wish }),
    signal,
  })
  if (!response.ok || !response.body) throw failure(response, await response.json().catch(() => ({})))
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let waiting = ''
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    waiting += value ?? ''
    const lines = waiting.split('\n')
    waiting = lines.pop() ?? ''
    for (const line of lines.filter(Boolean)) {
      const message = JSON.parse(line) as { piece?: string; done?: Draft }
      if (message.done) return message.done
      text += message.piece ?? ''
      onText(text)
    }
    if (done) throw new OfflineError()
  }
}

export function change(ticketId: string, text: string, how: How, language = 'English'): Promise<{ text: string; run_id: string }> {
  return http.post(`/ticket/${ticketId}/copilot/change`, { text, how, language })
}

export function summarise(ticketId: string): Promise<{ summary: string; provider: string }> {
  return http.post(`/ticket/${ticketId}/copilot/summary`)
}

export function used(ticketId: string, body: { kind: string; was_useful: boolean; article_id?: string; run_id?: string }): void {
  void http.post(`/ticket/${ticketId}/copilot/used`, body).catch(() => undefined)
}
