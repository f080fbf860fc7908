import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'

import { StatusPill } from '@/ui/badge'
import { SearchInput } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { SkeletonRows } from '@/ui/states'

import { combineQueries, type FoundTicket } from './queries'
import { strings } from './strings'

interface TicketFinderProps {
  /** Not offered: the ticket itself. */
  exceptId: string
  /** Shown before anything is typed, e.g. other tickets of the customer. */
  firstText: string
  onChoose: (ticket: FoundTicket) => void
}

/** Finds another ticket by number, words or customer. */
export function TicketFinder({ exceptId, firstText, onChoose }: TicketFinderProps) {
  const say = useStrings(strings)
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim() || firstText)
  const { data, isPending } = useQuery(combineQueries.find(wanted))
  const found = data?.filter((ticket) => ticket.id !== exceptId)
  return (
    <div className="flex flex-col gap-2">
      <SearchInput value={text} onChange={setText} label={say.find} placeholder={say.findHint} />
      {isPending && <SkeletonRows rows={3} />}
      {found?.length === 0 && <p className="px-2 py-4 text-sm text-muted">{say.nothingFound}</p>}
      <ul className="flex max-h-72 flex-col overflow-y-auto">
        {found?.map((ticket) => (
          <li key={ticket.id}>
            <button
              type="button"
              onClick={() => onChoose(ticket)}
              className="flex w-full items-center gap-3 rounded-sm px-2 py-2 text-left hover:bg-hover"
            >
              <span className="w-14 shrink-0 text-sm text-muted tabular-nums">#{ticket.number}</span>
              <span className="min-w-0 flex-1">
                <span className="block truncate">{ticket.subject}</span>
                <span className="block truncate text-sm text-muted">{ticket.customer_name}</span>
              </span>
              <StatusPill status={ticket.status} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
