import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowUpDown, Lock } from 'lucide-react'
import { useState } from 'react'

import { http } from '@/api/client'
import { Banner } from '@/ui/banner'
import { Button } from '@/ui/button'
import { Checkbox } from '@/ui/choice'
import { Dialog } from '@/ui/dialog'
import { useStrings } from '@/ui/locale'
import { RelativeTime } from '@/ui/relative-time'
import { ErrorState, SkeletonRows } from '@/ui/states'
import { toast, toastError } from '@/ui/toast'

import type { AgentTicket } from '../agent/queries'
import { combineQueries, type FoundTicket, type MergePreview } from './queries'
import { strings } from './strings'
import { TicketFinder } from './ticket-finder'

interface MergeDialogProps {
  ticket: AgentTicket
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** Where the conversation goes on. */
  onMerged: (survivorId: string) => void
}

/** Finds the other ticket, shows what both would become, lets the survivor be chosen. */
export function MergeDialog({ ticket, isOpen, onOpenChange, onMerged }: MergeDialogProps) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [other, setOther] = useState<FoundTicket>()
  const [staysHere, setStaysHere] = useState(false)
  const [isSure, setSure] = useState(false)
  const pair = other && (staysHere ? { from: other.id, into: ticket.id } : { from: ticket.id, into: other.id })
  const preview = useQuery({ ...combineQueries.preview(pair?.from ?? '', pair?.into ?? ''), enabled: Boolean(pair) })
  const leave = (): void => {
    setOther(undefined)
    setStaysHere(false)
    setSure(false)
    onOpenChange(false)
  }
  const undo = (id: string): void =>
    void http
      .post(`/ticket/${id}/unmerge`)
      .then(() => toast(say.unmerged, { tone: 'success' }), (error: unknown) => toastError(error, say.notSaved))
      .finally(() => void client.invalidateQueries())
  const merge = useMutation({
    mutationFn: ({ from, into }: { from: string; into: string }) =>
      http.post<{ ticket: AgentTicket }>(`/ticket/${from}/merge`, { into_ticket_id: into, other_customer: isSure }),
    onSuccess: ({ ticket: survivor }, { from }) => {
      toast(say.mergedInto(survivor.number), { tone: 'success', onUndo: () => undo(from) })
      void client.invalidateQueries()
      leave()
      onMerged(survivor.id)
    },
    onError: (error) => toastError(error, say.notMerged),
  })
  const shown = preview.data
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(next) => (next ? onOpenChange(true) : leave())}
      title={say.mergeTitle(ticket.number)}
      description={say.mergeHint}
      size="lg"
      footer={
        pair && (
          <>
            <Button icon={<ArrowUpDown />} onClick={() => setStaysHere(!staysHere)}>
              {say.turn}
            </Button>
            <Button
              variant="primary"
              isBusy={merge.isPending}
              disabled={!shown || Boolean(shown.problem) || (shown.other_customer && !isSure)}
              onClick={() => merge.mutate(pair)}
            >
              {say.doMerge}
            </Button>
          </>
        )
      }
    >
      {!pair && <TicketFinder exceptId={ticket.id} firstText={`from:${ticket.customer_email}`} onChoose={setOther} />}
      {pair && preview.isPending && <SkeletonRows rows={4} />}
      {preview.isError && <ErrorState error={preview.error} />}
      {pair && shown && (
        <div className="flex flex-col gap-4">
          <Pair preview={shown} />
          {shown.problem && <Banner tone="danger">{shown.problem}</Banner>}
          {shown.other_customer && !shown.problem && (
            <Banner tone="warning">
              <p className="mb-2">{say.otherCustomer}</p>
              <Checkbox checked={isSure} onChange={setSure} label={say.otherCustomerYes} />
            </Banner>
          )}
          <PreviewThread preview={shown} />
        </div>
      )}
    </Dialog>
  )
}

function Pair({ preview }: { preview: MergePreview }) {
  const say = useStrings(strings)
  return (
    <dl className="grid gap-2 sm:grid-cols-2">
      {(['survivor', 'merged'] as const).map((which) => (
        <div key={which} className="min-w-0 rounded-md border border-line px-3 py-2">
          <dt className="text-xs font-medium text-muted">{say[which]}</dt>
          <dd>
            <p className="truncate font-medium">
              #{preview[which].number} {preview[which].subject}
            </p>
            <p className="truncate text-sm text-muted">{preview[which].customer_name}</p>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function PreviewThread({ preview }: { preview: MergePreview }) {
  const say = useStrings(strings)
  return (
    <section>
      <h3 className="mb-1.5 text-sm font-medium text-muted">{say.preview(preview.messages.length)}</h3>
      <ol className="flex max-h-64 flex-col gap-px overflow-y-auto rounded-md border border-line">
        {preview.messages.map((message) => {
          const comes = message.from_ticket_id === preview.merged.id
          return (
            <li key={message.id} className={comes ? 'bg-accent-soft px-3 py-1.5 text-sm' : 'px-3 py-1.5 text-sm'}>
              <p className="flex items-center gap-2 text-xs text-muted">
                <span className="font-medium">{message.author_name ?? message.sender}</span>
                {message.is_internal && (
                  <span className="inline-flex items-center gap-1 text-amber">
                    <Lock className="size-3" aria-hidden /> {say.note}
                  </span>
                )}
                {comes && <span>{say.from(preview.merged.number)}</span>}
                <RelativeTime at={message.created_at} isPlain className="ml-auto" />
              </p>
              <p className="truncate">{message.message}</p>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
