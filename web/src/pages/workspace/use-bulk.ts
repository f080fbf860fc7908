import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'

import { inboxQueries } from '@/features/inbox/agent/queries'
import { strings } from '@/features/inbox/agent/strings'
import type { Selection } from '@/features/inbox/agent/ticket-list'
import { actOn, macroOn, runOnMany, undoBy, undoTo, type Outcome, type Undo } from '@/features/tickets/agent/bulk'
import type { Action } from '@/features/tickets/agent/actions'
import { agentTicketQueries } from '@/features/tickets/agent/queries'
import { useStrings } from '@/ui/locale'
import { toast, toastError } from '@/ui/toast'

export type Wish = { action: Action } | { macro: string }

/** More than this many tickets are asked about first: their customers may hear of it. */
export const ASKED_FROM = 200

/** What the server cannot take back has no undo here. */
const UNDO: Record<string, (action: Action) => Undo> = {
  close: () => undoBy({ type: 'reopen' }),
  add_tags: ({ tag_ids }) => undoBy({ type: 'remove_tags', tag_ids }),
  set_priority: () => undoTo('priority', (priority) => ({ type: 'set_priority', priority })),
}

/** Does something to all selected tickets, shows how far it is, and offers to take it back. */
export function useBulk(selection: Selection) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const stopper = useRef<AbortController>(undefined)
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: inboxQueries.all })
    void client.invalidateQueries({ queryKey: agentTicketQueries.all })
  }
  const follow = async (total: number, work: (signal: AbortSignal, onProgress: (done: number) => void) => Promise<void>) => {
    const stop = (stopper.current = new AbortController())
    setProgress({ done: 0, total })
    try {
      await work(stop.signal, (done) => setProgress({ done, total }))
    } finally {
      setProgress(null)
      refresh()
    }
  }
  const takeBack = (steps: ReturnType<Undo>): Promise<void> =>
    follow(steps.reduce((sum, { ids }) => sum + ids.length, 0), async (signal, onProgress) => {
      let before = 0
      let back = 0
      for (const { action, ids } of steps) {
        const outcome = await runOnMany(ids, actOn([action]), { signal, onProgress: (done) => onProgress(before + done) })
        before += ids.length
        back += outcome.changed.length
      }
      toast(say.takenBack(back), { tone: 'success' })
    })
  const tell = (outcome: Outcome, asked: number, undo: Undo | undefined): void => {
    const { changed, failed, why, done } = outcome
    const parts = [done < asked && say.stoppedAfter(done, asked), failed > 0 && say.notChanged(failed), why]
    const onUndo = undo && changed.length > 0 && ((): void => void takeBack(undo(changed)).catch((error: unknown) => toastError(error)))
    const description = parts.filter(Boolean).join(' ')
    toast(say.changed(changed.length, asked), {
      tone: failed > 0 || done < asked ? 'info' : 'success',
      ...(description && { description }),
      ...(onUndo && { onUndo, duration: 20_000 }),
    })
  }
  const { mutate } = useMutation({
    mutationFn: (wish: Wish) => {
      const ids = [...selection.ids]
      const run = 'macro' in wish ? macroOn(wish.macro) : actOn([wish.action])
      return follow(ids.length, async (signal, onProgress) => {
        const outcome = await runOnMany(ids, run, { signal, onProgress })
        if (outcome.done >= ids.length) selection.clear()
        else selection.keep(ids.slice(outcome.done))
        tell(outcome, ids.length, 'action' in wish ? UNDO[wish.action.type]?.(wish.action) : undefined)
      })
    },
    onError: (error) => toastError(error),
  })
  return { run: mutate, progress, stop: () => stopper.current?.abort() }
}
