import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Command, defaultFilter } from 'cmdk'
import { Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useNavigate } from 'react-router'

import { http } from '@/api/client'
import type { ListedTicket } from '@/features/inbox/agent/queries'
import { StatusPill } from '@/ui/badge'
import { CommandDialog, CommandRow } from '@/ui/command-dialog'
import { Kbd } from '@/ui/kbd'
import { useStrings } from '@/ui/locale'
import { useCommandList, type Command as Entry } from '@/ui/shortcuts'

import { strings } from './strings'

const heading =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint'

/** Everything that can be done here and now, and every ticket, found by typing. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const say = useStrings(strings)
  const commands = useCommandList().filter((command) => command.id !== 'app.palette')
  const [words, setWords] = useState('')
  const run = (command: Entry): void => {
    onClose()
    // After the dialog has given the focus back, so that the command may move it.
    requestAnimationFrame(command.run)
  }
  return (
    <CommandDialog
      label={say.openPalette}
      words={words}
      onWords={setWords}
      placeholder={say.palette}
      lead={<Search aria-hidden />}
      filter={rank}
      empty={say.nothingToRun}
      size="xl"
      onClose={onClose}
    >
      {[...groups(commands)].map(([group, items]) => (
        <Command.Group key={group} heading={group} className={heading}>
          {items.map((command) => (
            <CommandRow
              key={command.id}
              value={command.id}
              keywords={[command.label, group, command.keywords ?? '']}
              onSelect={() => run(command)}
            >
              <span className="flex-1 truncate">{command.label}</span>
              {command.keys && <Kbd keys={command.keys} isExact />}
            </CommandRow>
          ))}
        </Command.Group>
      ))}
      <Tickets words={words} onClose={onClose} />
    </CommandDialog>
  )
}

const TICKET = 'ticket '

/** Commands by how well they match; below them the tickets, which the server has found. */
function rank(value: string, search: string, keywords?: string[]): number {
  return value.startsWith(TICKET) ? 0.0001 : defaultFilter(value, search, keywords)
}

/** The tickets that match, as the inbox's search finds them. */
function Tickets({ words, onClose }: { words: string; onClose: () => void }) {
  const say = useStrings(strings)
  const navigate = useNavigate()
  const search = useDeferredValue(words.trim())
  const isEnough = search.length > 1
  const { data } = useQuery({
    queryKey: ['inbox', 'palette', search],
    queryFn: ({ signal }) => http.get<{ tickets: ListedTicket[] }>('/admin/tickets', { search, page_size: 5 }, { signal }),
    enabled: isEnough,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  if (!isEnough || !data || data.tickets.length === 0) return null
  return (
    <Command.Group heading={say.tickets} className={heading}>
      {data.tickets.map((ticket) => (
        <CommandRow
          key={ticket.id}
          value={`${TICKET}${ticket.id}`}
          onSelect={() => {
            onClose()
            void navigate(`/app/tickets/${ticket.id}`)
          }}
        >
          <span className="text-xs text-faint tabular-nums">#{ticket.number}</span>
          <span className="min-w-0 flex-1 truncate">{ticket.subject}</span>
          <span className="truncate text-xs text-muted max-sm:hidden">{ticket.customer_name}</span>
          <StatusPill status={ticket.status} />
        </CommandRow>
      ))}
    </Command.Group>
  )
}

export function groups(commands: Entry[]): Map<string, Entry[]> {
  return Map.groupBy(commands, (command) => command.group ?? '')
}
