/** The same done to many tickets: in pieces, so that one sees how far it is, can stop it, and can take it back. */
import { http } from '@/api/client'

import type { Action } from './actions'

interface Answer {
  message: string
  results: { ticket_id: string; error: string | null; changes: { field: string; before: unknown }[] }[]
}

export interface Outcome {
  /** How many were gone through; fewer than asked for when it was stopped. */
  done: number
  /** Which were changed, and what a field was before. */
  changed: { id: string; before: Record<string, unknown> }[]
  failed: number
  /** Why the first that failed did. */
  why: string | null
}

/** What takes an action back; grouped by what was before. */
export type Undo = (changed: Outcome['changed']) => { action: Action; ids: string[] }[]

const PIECE = 50

interface Watch {
  signal?: AbortSignal
  onProgress?: (done: number) => void
}

/** Runs it on all of them, piece after piece. When a piece cannot be sent, what was done before it stands and is told. */
export async function runOnMany(ids: readonly string[], run: (piece: string[]) => Promise<Answer>, watch: Watch = {}): Promise<Outcome> {
  const outcome: Outcome = { done: 0, changed: [], failed: 0, why: null }
  for (let at = 0; at < ids.length && !watch.signal?.aborted; at += PIECE) {
    const piece = ids.slice(at, at + PIECE)
    try {
      add(outcome, await run(piece))
    } catch (error) {
      if (at === 0) throw error
      outcome.why = error instanceof Error ? error.message : String(error)
      break
    }
    outcome.done += piece.length
    watch.onProgress?.(outcome.done)
  }
  return outcome
}

function add(outcome: Outcome, { results }: Answer): void {
  for (const { ticket_id: id, error, changes } of results) {
    if (error) outcome.failed += 1
    outcome.why ??= error
    if (changes.length > 0) {
      outcome.changed.push({ id, before: Object.fromEntries(changes.map(({ field, before }) => [field, before])) })
    }
  }
}

export const actOn = (actions: Action[]) => (piece: string[]) =>
  http.post<Answer>('/admin/actions/run', { ticket_ids: piece, actions })

export const macroOn = (macroId: string) => (piece: string[]) =>
  http.post<Answer>(`/admin/macros/${macroId}/run`, { ticket_ids: piece })

/** The same action takes it back from all. */
export const undoBy = (action: Action): Undo => (changed) => [{ action, ids: changed.map(({ id }) => id) }]

/** Each gets back the value it had. */
export const undoTo = (field: string, actionOf: (before: unknown) => Action): Undo => (changed) =>
  [...Map.groupBy(changed, ({ before }) => before[field])].map(([before, group]) => ({
    action: actionOf(before),
    ids: group.map(({ id }) => id),
  }))
