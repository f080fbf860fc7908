import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { http } from '@/api/client'
import { Dialog } from '@/ui/dialog'
import { useStrings } from '@/ui/locale'
import { Select } from '@/ui/select'
import { toast, toastError } from '@/ui/toast'

import type { AgentTicket } from '../agent/queries'
import { combineQueries, type FoundTicket } from './queries'
import { strings } from './strings'
import { TicketFinder } from './ticket-finder'

const KINDS = ['related', 'duplicate_of', 'parent_of'] as const

interface LinkDialogProps {
  ticket: AgentTicket
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** Links a ticket with another one. */
export function LinkDialog({ ticket, isOpen, onOpenChange }: LinkDialogProps) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [kind, setKind] = useState<(typeof KINDS)[number]>('related')
  const link = useMutation({
    mutationFn: (other: FoundTicket) => http.post(`/ticket/${ticket.id}/links`, { ticket_id: other.id, kind }),
    onSuccess: () => {
      toast(say.linked, { tone: 'success' })
      onOpenChange(false)
    },
    onError: (error) => toastError(error, say.notLinked),
    onSettled: () => void client.invalidateQueries({ queryKey: combineQueries.all }),
  })
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={say.linkTitle(ticket.number)}>
      <div className="flex flex-col gap-3">
        <Select
          aria-label={say.kind}
          value={kind}
          onChange={setKind}
          options={KINDS.map((value) => ({ value, label: say[value] }))}
        />
        <TicketFinder exceptId={ticket.id} firstText={`from:${ticket.customer_email}`} onChoose={(other) => link.mutate(other)} />
      </div>
    </Dialog>
  )
}
