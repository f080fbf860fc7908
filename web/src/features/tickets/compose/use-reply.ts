/**
 * What an agent is writing: kept on the server per agent, ticket and kind, so that it survives reload and crash.
 * Sending gives the draft a release time; until then it can be taken back, and only its release is the reply.
 */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'

import { ApiError, http } from '@/api/client'
import { useStrings } from '@/ui/locale'
import { toast, toastError } from '@/ui/toast'

import type { Mode } from './field'
import { agentTicketQueries, type AgentThread } from '../agent/queries'
import { strings } from '../agent/strings'

interface Draft {
  kind: Mode
  body: string
  release_at: string | null
  failure: string | null
}

export interface Sending {
  close: boolean
  fileIds: string[]
}

const UNDO_SECONDS = 10
const SAVE_AFTER = 600

const draftsQuery = (id: string) =>
  queryOptions({
    queryKey: [...agentTicketQueries.all, 'drafts', id],
    queryFn: () => http.get<{ drafts: Draft[] }>(`/ticket/${id}/drafts`),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export function useReply(thread: AgentThread) {
  const id = thread.ticket.id
  const client = useQueryClient()
  const say = useStrings(strings)
  const { data: stored } = useQuery(draftsQuery(id))
  const [mode, setMode] = useState<Mode>('reply')
  const [typed, setTyped] = useState<Partial<Record<Mode, string>>>({})
  const [answeredBy, setAnsweredBy] = useState<string | null>(null)
  const [seen, setSeen] = useState<number | null>(null)
  const newest = thread.messages.at(-1)?.position ?? 0
  const kept = stored?.drafts.find((draft) => draft.kind === mode && !draft.release_at)
  const text = typed[mode] ?? kept?.body ?? ''
  const { save, flush } = useAutosave(id)

  const setText = (next: string, kind = mode): void => {
    setSeen(next ? (seen ?? newest) : null)
    setTyped((all) => ({ ...all, [kind]: next }))
    save(kind, next)
  }
  const append = (addition: string, kind: Mode): void => {
    const before = typed[kind] ?? stored?.drafts.find((draft) => draft.kind === kind && !draft.release_at)?.body ?? ''
    setText(before ? `${before.trimEnd()}\n\n${addition}` : addition, kind)
  }
  const restore = (draft: Draft): void => {
    setMode(draft.kind)
    setTyped((all) => ({ ...all, [draft.kind]: draft.body }))
  }
  const undo = (kind: Mode): void => {
    http
      .post<{ draft: Draft }>(`/ticket/${id}/draft/undo?kind=${kind}`)
      .then(({ draft }) => restore(draft))
      .catch((error: unknown) => toastError(error))
  }
  const { mutate, isPending } = useMutation({
    mutationFn: async ({ close, fileIds }: Sending) => {
      await flush(mode, text, fileIds)
      const seenPosition = answeredBy || mode === 'note' ? null : seen
      await http.post(`/ticket/${id}/draft/send`, {
        kind: mode,
        close,
        undo_seconds: mode === 'note' ? 0 : UNDO_SECONDS,
        seen_position: seenPosition,
      })
      return mode
    },
    onSuccess: (kind) => {
      setTyped((all) => ({ ...all, [kind]: '' }))
      client.setQueryData(draftsQuery(id).queryKey, { drafts: [] })
      setAnsweredBy(null)
      setSeen(null)
      if (kind === 'note') toast(say.noteSaved, { tone: 'success' })
      else toast(say.sendingSoon, { tone: 'success', onUndo: () => undo(kind), duration: UNDO_SECONDS * 1000 })
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 409 && error.code !== 'draft_released') {
        const author = thread.messages.findLast((message) => message.position > (seen ?? 0))
        setAnsweredBy(author?.author_name ?? say.somebody)
      } else toastError(error, say.notSent)
    },
    onSettled: () => void client.invalidateQueries({ queryKey: agentTicketQueries.thread(id).queryKey }),
  })
  const somebodyWrote = thread.messages.findLast(
    (message) => mode === 'reply' && seen !== null && message.position > seen && message.sender === 'admin' && !message.is_internal,
  )
  return {
    mode,
    setMode,
    text,
    setText,
    append,
    answeredBy: answeredBy ?? (text && somebodyWrote ? (somebodyWrote.author_name ?? say.somebody) : null),
    failure: stored?.drafts.find((draft) => draft.failure)?.failure ?? null,
    send: (sending: Sending, onSent: () => void) => mutate(sending, { onSuccess: onSent }),
    isSending: isPending,
  }
}

/** Saves what is typed once it rests, and whatever is left when the ticket is left. */
function useAutosave(id: string) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const waiting = useRef<{ kind: Mode; body: string } | null>(null)
  const write = async (kind: Mode, body: string, fileIds: string[] = []): Promise<void> => {
    clearTimeout(timer.current)
    waiting.current = null
    await http.put(`/ticket/${id}/draft`, { kind, body, file_ids: fileIds })
  }
  const quietly = (kind: Mode, body: string): void => void write(kind, body).catch(() => undefined)
  const save = (kind: Mode, body: string): void => {
    clearTimeout(timer.current)
    waiting.current = { kind, body }
    timer.current = setTimeout(() => quietly(kind, body), SAVE_AFTER)
  }
  const leave = useEffectEvent(() => {
    if (waiting.current) quietly(waiting.current.kind, waiting.current.body)
  })
  useEffect(() => {
    const onHide = (): void => leave()
    window.addEventListener('pagehide', onHide)
    return () => {
      window.removeEventListener('pagehide', onHide)
      leave()
    }
  }, [])
  return { save, flush: write }
}
