import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'

import { http } from '@/api/client'
import { useLive } from '@/api/live'
import { useUser } from '@/features/accounts/session'
import { Avatar } from '@/ui/avatar'
import { useStrings } from '@/ui/locale'

import { strings } from './strings'

interface Here {
  user_id: string
  name: string
  state: 'viewing' | 'typing'
}

const BEAT = 15_000

/** Says that one is here, and who else is: nobody should answer the same customer twice. */
export function usePresence(ticketId: string, isTyping: boolean): Here[] {
  const client = useQueryClient()
  const { id: own } = useUser()
  const key = ['presence', ticketId]
  const { data } = useQuery({ queryKey: key, queryFn: () => [] as Here[], staleTime: Number.POSITIVE_INFINITY, initialData: [] })
  const beat = useEffectEvent((state: 'viewing' | 'typing' | 'away') => {
    http
      .put<{ presence: Here[] }>(`/ticket/${ticketId}/presence`, { state })
      .then((answer) => client.setQueryData(key, answer.presence))
      .catch(() => undefined) // Presence is a courtesy: the work goes on without it.
  })
  useEffect(() => {
    const state = isTyping ? 'typing' : 'viewing'
    beat(state)
    const timer = setInterval(() => beat(state), BEAT)
    return () => clearInterval(timer)
  }, [ticketId, isTyping])
  useEffect(() => () => beat('away'), [ticketId])
  const refresh = useEffectEvent(() => beat(isTyping ? 'typing' : 'viewing'))
  useLive((event) => {
    // One's own beats come back too; answering them would never end.
    if (event.kind !== 'presence' || event.ticket_id !== ticketId || !event.user_id || event.user_id === own) return
    const others = data.filter((one) => one.user_id !== event.user_id)
    if (event.state === 'away') client.setQueryData(key, others)
    else if (!data.some((one) => one.user_id === event.user_id && one.state === event.state)) refresh()
  })
  return data
}

export function PresenceLine({ here }: { here: Here[] }) {
  const say = useStrings(strings)
  if (here.length === 0) return null
  const typing = here.filter((one) => one.state === 'typing')
  const names = (typing.length > 0 ? typing : here).map((one) => one.name).join(', ')
  return (
    <p role="status" className="flex min-w-0 items-center gap-1.5 text-xs text-amber">
      {here.slice(0, 3).map((one) => (
        <Avatar key={one.user_id} name={one.name} size="xs" isPresent className="max-sm:hidden" />
      ))}
      <span className="truncate">{typing.length > 0 ? say.isTyping(names) : say.isViewing(names)}</span>
    </p>
  )
}
