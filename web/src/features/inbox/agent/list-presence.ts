import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import { http } from '@/api/client'
import { useLive } from '@/api/live'
import { useUser } from '@/features/accounts/session'

interface Here {
  ticket_id: string
  user_id: string
  name: string
  state: string
}

const NOBODY: ReadonlyMap<string, string> = new Map()
const AT_MOST = 100

const presenceQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['presence', 'list', ids],
    queryFn: ({ signal }) => http.get<{ presence: Here[] }>('/presence', { ticket_ids: [...ids] }, { signal }),
    select: namesOf,
    enabled: ids.length > 0,
    refetchInterval: 60_000, // who left without a word is gone from the list within a minute
    staleTime: 20_000,
  })

/** Who is at which of these tickets now, by ticket: names in one text, so that rows can be compared. */
export function useListPresence(shown: readonly string[]): ReadonlyMap<string, string> {
  const client = useQueryClient()
  const { id: own } = useUser()
  const ids = shown.slice(0, AT_MOST)
  const { data } = useQuery(presenceQuery(ids))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useLive((event) => {
    if (event.kind !== 'presence' || event.user_id === own || !ids.includes(event.ticket_id ?? '')) return
    const isKnown = data?.get(event.ticket_id ?? '') !== undefined
    if (isKnown === (event.state !== 'away')) return
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void client.invalidateQueries({ queryKey: ['presence', 'list'] }), 400)
  })
  return data ?? NOBODY
}

function namesOf({ presence }: { presence: Here[] }): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const one of presence) names.set(one.ticket_id, [names.get(one.ticket_id), one.name].filter(Boolean).join(', '))
  return names
}
