/** What an agent is writing: kept per ticket and mode across reloads of the page, sent by one call. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { http } from '@/api/client'
import { useUser } from '@/features/accounts/session'
import { useStrings } from '@/ui/locale'
import { toast, toastError } from '@/ui/toast'

import type { Mode } from './composer'
import { agentTicketQueries, type AgentThread } from './queries'
import { strings } from './strings'

interface Sending {
  close: boolean
  fileIds: string[]
}

export function useReply(thread: AgentThread) {
  const id = thread.ticket.id
  const client = useQueryClient()
  const say = useStrings(strings)
  const user = useUser()
  const [mode, setMode] = useState<Mode>('reply')
  const [texts, setTexts] = useState<Record<Mode, string>>({ reply: '', note: '' })
  const [startedAt, setStartedAt] = useState<number | null>(null)
  const text = texts[mode]
  const newest = thread.messages.at(-1)?.position ?? 0

  const setText = (next: string): void => {
    if (startedAt === null && next) setStartedAt(newest)
    if (!next) setStartedAt(null)
    setTexts((all) => ({ ...all, [mode]: next }))
  }
  const answer = thread.messages.findLast(
    (message) => startedAt !== null && message.position > startedAt && message.sender === 'admin' && !message.is_internal && message.author_id !== user.id,
  )
  const { mutate, isPending } = useMutation({
    mutationFn: ({ close, fileIds }: Sending) =>
      http.post(`/ticket/${id}/admin/reply`, { message: text, is_internal: mode === 'note', close, file_ids: fileIds }),
    onSuccess: () => {
      setTexts((all) => ({ ...all, [mode]: '' }))
      setStartedAt(null)
      toast(mode === 'note' ? say.noteSaved : say.sent, { tone: 'success' })
    },
    onError: (error) => toastError(error, say.notSent),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: agentTicketQueries.thread(id).queryKey })
      void client.invalidateQueries({ queryKey: ['inbox'] })
    },
  })
  return {
    mode,
    setMode,
    text,
    setText,
    answeredBy: mode === 'reply' && answer ? (answer.author_name ?? null) : null,
    send: (sending: Sending, onSent: () => void) => mutate(sending, { onSuccess: onSent }),
    isSending: isPending,
  }
}
