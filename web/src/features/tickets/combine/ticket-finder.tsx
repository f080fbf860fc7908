import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'

import { StatusPill } from '@/ui/badge'
import { Finder } from '@/ui/finder'
import { useStrings } from '@/ui/locale'

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
  const { data } = useQuery(combineQueries.find(wanted))
  return (
    <Finder
      label={say.find}
      placeholder={say.findHint}
      words={text}
      onWords={setText}
      found={data?.filter((ticket) => ticket.id !== exceptId)}
      keyOf={(ticket) => ticket.id}
      empty={say.nothingFound}
    >
      {(ticket) => (
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
      )}
    </Finder>
  )
}
