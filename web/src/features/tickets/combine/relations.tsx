import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Eye, EyeOff, Link2, Undo2, X } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { Link } from 'react-router'

import { http } from '@/api/client'
import { useLiveQueries } from '@/api/live'
import { useUser } from '@/features/accounts/session'
import { Avatar } from '@/ui/avatar'
import { Button, IconButton } from '@/ui/button'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { SkeletonText } from '@/ui/states'
import { toast, toastError } from '@/ui/toast'

import type { AgentTicket } from '../agent/queries'
import { combineQueries } from './queries'
import { strings } from './strings'

const LinkDialog = lazy(async () => ({ default: (await import('./link-dialog')).LinkDialog }))

/** Linked and merged tickets, who watches, who is in copy; each changed where it stands. */
export function RelationsPanel({ ticket }: { ticket: AgentTicket }) {
  const say = useStrings(strings)
  const user = useUser()
  const client = useQueryClient()
  const { queryKey } = combineQueries.relations(ticket.id)
  const { data } = useQuery(combineQueries.relations(ticket.id))
  useLiveQueries(queryKey, (event) => event.ticket_id === ticket.id)
  const [isLinking, setLinking] = useState(false)
  const { mutate } = useMutation({
    mutationFn: (call: () => Promise<unknown>) => call(),
    onError: (error) => toastError(error, say.notSaved),
    onSettled: () => void client.invalidateQueries({ queryKey }),
  })
  if (!data) return <SkeletonText lines={3} />
  const isWatching = data.watchers.some((one) => one.id === user.id)
  const watch = (): void =>
    mutate(() => http.post(`/ticket/${ticket.id}/watchers`, { [isWatching ? 'remove' : 'add']: [user.id] }))
  return (
    <div className="flex flex-col gap-3 text-sm">
      {data.links.length === 0 && data.merged.length === 0 && <p className="text-faint">{say.none}</p>}
      {data.links.length > 0 && (
        <ul className="flex flex-col gap-1">
          {data.links.map((link) => (
            <TicketLine
              key={link.id}
              word={say[link.kind as 'related']}
              id={link.ticket_id}
              number={link.number}
              subject={link.subject}
            >
              <IconButton
                label={say.removeLink}
                icon={<X />}
                size="sm"
                onClick={() => mutate(() => http.delete(`/ticket/${ticket.id}/links/${link.id}`))}
              />
            </TicketLine>
          ))}
        </ul>
      )}
      {data.merged.length > 0 && (
        <ul className="flex flex-col gap-1">
          {data.merged.map((one, index) => (
            <TicketLine key={one.ticket_id} word={say.mergedHere} id={one.ticket_id} number={one.number} subject={one.subject}>
              {index === 0 && (
                <IconButton
                  label={say.unmerge}
                  icon={<Undo2 />}
                  size="sm"
                  onClick={() =>
                    mutate(() =>
                      http.post(`/ticket/${one.ticket_id}/unmerge`).then(() => {
                        toast(say.unmerged, { tone: 'success' })
                        void client.invalidateQueries()
                      }),
                    )
                  }
                />
              )}
            </TicketLine>
          ))}
        </ul>
      )}
      <div className="flex gap-1.5">
        <Button size="sm" icon={<Link2 />} onClick={() => setLinking(true)}>
          {say.addLink}
        </Button>
        <Button size="sm" icon={isWatching ? <EyeOff /> : <Eye />} onClick={watch}>
          {isWatching ? say.unwatch : say.watch}
        </Button>
      </div>
      {data.watchers.length > 0 && (
        <Group title={say.watchers}>
          <ul className="flex flex-wrap gap-1.5">
            {data.watchers.map((one) => (
              <li key={one.id} className="flex items-center gap-1.5 rounded-full bg-press py-0.5 pr-2 pl-0.5">
                <Avatar name={one.name} size="xs" /> {one.name}
              </li>
            ))}
          </ul>
        </Group>
      )}
      <Group title={say.copies}>
        <Copies
          emails={data.cc.map((one) => one.email)}
          onAdd={(email) => mutate(() => http.post(`/ticket/${ticket.id}/cc`, { add: [{ email }] }))}
          onRemove={(email) => mutate(() => http.post(`/ticket/${ticket.id}/cc`, { remove: [email] }))}
        />
      </Group>
      <Suspense>{isLinking && <LinkDialog ticket={ticket} isOpen onOpenChange={setLinking} />}</Suspense>
    </div>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h4 className="mb-1 text-xs text-muted">{title}</h4>
      {children}
    </div>
  )
}

interface TicketLineProps {
  word: string
  id: string
  number: number
  subject: string
  children?: ReactNode
}

function TicketLine({ word, id, number, subject, children }: TicketLineProps) {
  return (
    <li className="flex items-center gap-1">
      <Link to={`/app/tickets/${id}`} className="min-w-0 flex-1 rounded-sm px-1 py-0.5 hover:bg-hover">
        <span className="block text-xs text-muted">{word}</span>
        <span className="block truncate">
          <span className="text-muted tabular-nums">#{number}</span> {subject}
        </span>
      </Link>
      {children}
    </li>
  )
}

interface CopiesProps {
  emails: string[]
  onAdd: (email: string) => void
  onRemove: (email: string) => void
}

function Copies({ emails, onAdd, onRemove }: CopiesProps) {
  const say = useStrings(strings)
  const [text, setText] = useState('')
  return (
    <>
      <ul className="flex flex-col">
        {emails.map((email) => (
          <li key={email} className="flex h-7 items-center gap-1">
            <span className="min-w-0 flex-1 truncate">{email}</span>
            <IconButton label={say.removeCopy(email)} icon={<X />} size="sm" onClick={() => onRemove(email)} />
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim()) onAdd(text.trim())
          setText('')
        }}
      >
        <Input
          type="email"
          aria-label={say.addCopy}
          placeholder={say.addCopy}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
    </>
  )
}
