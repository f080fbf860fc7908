import { queryOptions } from '@tanstack/react-query'

import { http } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type AiSettings = Schemas['SettingsRead']
export type AiSettingsWrite = Schemas['SettingsWrite']
export type AiAnswer = Schemas['Answer']
export type Run = Schemas['deskwell__domains__ai__schemas__RunRead']
export type Calibration = Schemas['Calibration']
export type ProviderTested = Schemas['ProviderTested']
export type ArticleToMend = Schemas['ArticleToMend']

/** Everything the screens of the AI read; an empty context stands for all. */
export const aiQueries = {
  all: ['ai'] as const,
  settings: (context: string) =>
    queryOptions({
      queryKey: [...aiQueries.all, 'settings', context],
      queryFn: () => http.get<AiSettings>('/admin/ai/settings', { context }),
    }),
  calibration: (context: string) =>
    queryOptions({
      queryKey: [...aiQueries.all, 'calibration', context],
      queryFn: () => http.get<Calibration>('/admin/ai/calibration', { context }),
    }),
  runs: (filter: { action?: string; kind?: string }) =>
    queryOptions({
      queryKey: [...aiQueries.all, 'runs', filter],
      queryFn: () => http.get<{ runs: Run[] }>('/admin/ai/runs', { ...filter, limit: 60 }),
    }),
  run: (id: string) =>
    queryOptions({ queryKey: [...aiQueries.all, 'run', id], queryFn: () => http.get<Run>(`/admin/ai/runs/${id}`) }),
  toMend: () =>
    queryOptions({
      queryKey: [...aiQueries.all, 'to-mend'],
      queryFn: () => http.get<{ articles: ArticleToMend[] }>('/admin/ai/articles-to-mend'),
    }),
}

export interface Line {
  role: 'user' | 'assistant'
  content: string
}

export function ask(question: string, context: string, history: Line[]): Promise<AiAnswer> {
  return http.post<AiAnswer>('/admin/ai/ask', { question, context: context || null, history })
}
