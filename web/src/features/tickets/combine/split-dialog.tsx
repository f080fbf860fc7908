import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { http } from '@/api/client'
import { Button } from '@/ui/button'
import { Checkbox } from '@/ui/choice'
import { Dialog } from '@/ui/dialog'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { toast } from '@/ui/toast'

import type { AgentThread, AgentTicket } from '../agent/queries'
import { strings } from './strings'

interface SplitDialogProps {
  thread: AgentThread
  /** The message to begin with; undefined is closed. */
  messageId: string | undefined
  onClose: () => void
  onSplit: (newId: string) => void
}

/** Moves messages into a ticket of their own. */
export function SplitDialog({ thread, messageId, onClose, onSplit }: SplitDialogProps) {
  const say = useStrings(strings)
  return (
    <Dialog
      isOpen={messageId !== undefined}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={say.splitTitle}
      description={say.splitHint}
    >
      {messageId && <SplitForm key={messageId} thread={thread} messageId={messageId} onClose={onClose} onSplit={onSplit} />}
    </Dialog>
  )
}

function SplitForm({ thread, messageId, onClose, onSplit }: SplitDialogProps & { messageId: string }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [subject, setSubject] = useState(thread.ticket.subject)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set([messageId]))
  const split = useMutation({
    mutationFn: () =>
      http.post<{ ticket: AgentTicket }>(`/ticket/${thread.ticket.id}/split`, { message_ids: [...chosen], subject }),
    onSuccess: ({ ticket }) => {
      toast(say.splitDone(ticket.number), { tone: 'success' })
      void client.invalidateQueries()
      onClose()
      onSplit(ticket.id)
    },
  })
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        split.mutate()
      }}
    >
      <FormError error={split.error} fields={['subject', 'message_ids']} />
      <Field label={say.subject} error={fieldError(split.error, 'subject')}>
        <Input value={subject} onChange={(event) => setSubject(event.target.value)} maxLength={300} />
      </Field>
      <Field label={say.choose} error={fieldError(split.error, 'message_ids')}>
        <ul className="flex max-h-64 flex-col gap-2 overflow-y-auto rounded-md border border-line p-3">
          {thread.messages
            .filter((message) => message.sender !== 'system')
            .map((message) => (
              <li key={message.id}>
                <Checkbox
                  checked={chosen.has(message.id)}
                  onChange={() => toggle(message.id)}
                  label={message.message.slice(0, 90)}
                  hint={message.author_name ?? message.sender}
                />
              </li>
            ))}
        </ul>
      </Field>
      <Button type="submit" variant="primary" className="self-end" isBusy={split.isPending} disabled={chosen.size === 0}>
        {say.split}
      </Button>
    </form>
  )
}
