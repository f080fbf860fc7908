import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { http } from '@/api/client'
import type { components } from '@/api/schema'
import type { PageInfo } from '@/ui/pagination'

type Schemas = components['schemas']

export type Article = Schemas['ArticleRead']
export type ArticleRow = Schemas['ArticleRow']
export type ArticleStatus = Schemas['ArticleStatus']
export type Topic = Schemas['TopicRead']
export type VersionRow = Schemas['VersionRow']
export type Diff = Schemas['Diff']
export type Insights = Schemas['Insights']
export type ToMend = Schemas['ToMend']
export type Gap = Schemas['Gap']
export type Picture = Schemas['ImageRead']

export interface SynonymGroup {
  /** Null for a group that comes with Deskwell. */
  id: string | null
  words: string[]
  is_built_in: boolean
  is_active: boolean
}

export interface ArticleFilters {
  search?: string
  status?: string
  visibility?: string
  context?: string
  category_id?: string
  sort?: string
  order?: string
  page?: number
  page_size?: number
}

const SYNONYMS = '/admin/knowledge/synonyms'

export const knowledgeQueries = {
  all: ['knowledge'] as const,
  list: (filters: ArticleFilters) =>
    queryOptions({
      queryKey: [...knowledgeQueries.all, 'list', filters],
      queryFn: ({ signal }) =>
        http.get<{ articles: ArticleRow[]; pagination: PageInfo }>('/admin/articles', { ...filters }, { signal }),
      placeholderData: (before) => before,
    }),
  article: (id: string) =>
    queryOptions({
      queryKey: [...knowledgeQueries.all, 'article', id],
      queryFn: async ({ signal }) => (await http.get<{ article: Article }>(`/admin/articles/${id}`, {}, { signal })).article,
    }),
  synonyms: () =>
    queryOptions({
      queryKey: [...knowledgeQueries.all, 'synonyms'],
      queryFn: async () => (await http.get<{ groups: SynonymGroup[] }>(SYNONYMS)).groups,
    }),
  versions: (id: string) =>
    queryOptions({
      queryKey: [...knowledgeQueries.all, 'versions', id],
      queryFn: async () => (await http.get<{ versions: VersionRow[] }>(`/admin/articles/${id}/versions`)).versions,
    }),
  compare: (id: string, before: number) =>
    queryOptions({
      queryKey: [...knowledgeQueries.all, 'compare', id, before],
      queryFn: () => http.get<Diff>(`/admin/articles/${id}/compare`, { before }),
    }),
  feedback: (id: string) =>
    queryOptions({
      queryKey: [...knowledgeQueries.all, 'feedback', id],
      queryFn: async () => (await http.get<Schemas['FeedbackList']>(`/admin/articles/${id}/feedback`)).feedback,
    }),
  topics: () =>
    queryOptions({
      queryKey: [...knowledgeQueries.all, 'topics'],
      queryFn: async () => (await http.get<{ categories: Topic[] }>('/admin/article-categories')).categories,
    }),
  contexts: () =>
    queryOptions({
      queryKey: [...knowledgeQueries.all, 'contexts'],
      queryFn: async () => (await http.get<{ contexts: { name: string }[] }>('/contexts')).contexts.map((one) => one.name),
      staleTime: 60_000,
    }),
  insights: (days: number) =>
    queryOptions({
      queryKey: [...knowledgeQueries.all, 'insights', days],
      queryFn: () => http.get<Insights>('/admin/knowledge/insights', { days }),
      placeholderData: (before) => before,
    }),
  toMend: () =>
    queryOptions({
      queryKey: [...knowledgeQueries.all, 'to-mend'],
      queryFn: async () => (await http.get<{ articles: ToMend[] }>('/admin/knowledge/to-mend')).articles,
    }),
  gaps: () =>
    queryOptions({
      queryKey: [...knowledgeQueries.all, 'gaps'],
      queryFn: async () => (await http.get<{ gaps: Gap[] }>('/admin/knowledge/gaps')).gaps,
    }),
}

export interface ArticleWrite {
  title?: string
  body?: string
  summary?: string | null
  status?: ArticleStatus
  visibility?: 'public' | 'internal'
  context?: string | null
  category_id?: string | null
  tags?: string[]
  keywords?: string[]
  slug?: string
  is_featured?: boolean
  is_pinned?: boolean
  expected_version?: number
  note?: string
}

export const createArticle = async (values: ArticleWrite): Promise<Article> =>
  (await http.post<{ article: Article }>('/admin/articles', values)).article

export const saveArticle = async (id: string, values: ArticleWrite): Promise<Article> =>
  (await http.put<{ article: Article }>(`/admin/articles/${id}`, values)).article

export const articleFromTicket = async (ticketId: string): Promise<Article> =>
  (await http.post<{ article: Article }>('/admin/articles/from-ticket', { ticket_id: ticketId })).article

type SynonymChange =
  | { verb: 'add'; words: string[] }
  | { verb: 'change'; id: string; words: string[] }
  | { verb: 'delete'; id: string }
  | { verb: 'switch'; words: string[]; is_active: boolean }

/** Changes the synonyms; every change answers with all groups. */
export function useChangeSynonyms() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (change: SynonymChange) => {
      const answer = await sendSynonyms(change)
      return answer.groups
    },
    onSuccess: (groups) => client.setQueryData(knowledgeQueries.synonyms().queryKey, groups),
  })
}

function sendSynonyms(change: SynonymChange): Promise<{ groups: SynonymGroup[] }> {
  switch (change.verb) {
    case 'add':
      return http.post(SYNONYMS, { words: change.words })
    case 'change':
      return http.put(`${SYNONYMS}/${change.id}`, { words: change.words })
    case 'delete':
      return http.delete(`${SYNONYMS}/${change.id}`)
    case 'switch':
      return http.put(`${SYNONYMS}/built-in`, { words: change.words, is_active: change.is_active })
  }
}
