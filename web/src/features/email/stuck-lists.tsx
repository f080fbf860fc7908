import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, Inbox, MailCheck, MailX, RotateCw, Trash2 } from 'lucide-react'
import { Link } from 'react-router'

import { Badge, Button, EmptyState, ErrorState, IconButton, RelativeTime, SkeletonRows, toast, toastError, useFormat, useStrings } from '@/ui'

import { emailQueries, forgetInbound, letIn, readAgain, retryFailed, type FailedMail, type InboundMail, type InboundState } from './api'
import { DeliveryBadge } from './delivery-badge'
import { strings } from './strings'

function useAgain(action: (id: string) => Promise<{ message: string }>) {
  const say = useStrings(strings)
  const client = useQueryClient()
  return useMutation({
    mutationFn: action,
    onSuccess: (answer) => {
      void client.invalidateQueries({ queryKey: emailQueries.all })
      toast(answer.message, { tone: 'success' })
    },
    onError: (error) => toastError(error, say.testFailed),
  })
}

/** Senders who flood the desk: what they sent too much waits here, and a click lets it in. */
export function HeldSenders() {
  const say = useStrings(strings)
  const { data } = useQuery(emailQueries.held())
  const release = useAgain(letIn)
  if (!data?.senders.length) return null
  return (
    <section aria-label={say.held} className="border-b border-line bg-amber-soft">
      <h3 className="px-5 pt-3 text-sm font-semibold">{say.held}</h3>
      <p className="px-5 pb-1 text-sm text-muted">{say.heldAbout}</p>
      <ul>
        {data.senders.map((sender) => (
          <li key={sender.from_email} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-2.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{sender.from_email}</span>
              <span className="text-sm text-muted">
                {say.heldCount(sender.count)} · {say.heldSince} <RelativeTime at={sender.since} />
              </span>
            </span>
            <Button size="sm" icon={<Inbox />} isBusy={release.isPending && release.variables === sender.from_email} onClick={() => release.mutate(sender.from_email)}>
              {say.letAllIn}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Mails that could not be read, or were kept aside. */
export function InboundList({ state }: { state: InboundState }) {
  const say = useStrings(strings)
  const { data, isPending, error, refetch } = useQuery(emailQueries.inbound(state))
  if (isPending) return <SkeletonRows rows={4} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data.mails.length === 0) {
    return (
      <EmptyState icon={state === 'failed' ? <MailCheck /> : <Inbox />} title={state === 'failed' ? say.noUnprocessed : say.noFiltered}>
        {state === 'failed' ? say.noUnprocessedHint : say.noFilteredHint}
      </EmptyState>
    )
  }
  return (
    <ul>
      {data.mails.map((mail) => (
        <InboundRow key={mail.id} mail={mail} />
      ))}
    </ul>
  )
}

function InboundRow({ mail }: { mail: InboundMail }) {
  const say = useStrings(strings)
  const format = useFormat()
  const again = useAgain(readAgain)
  const forget = useAgain(forgetInbound)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-3 last:border-0">
      <div className="min-w-0 flex-[1_1_100%] sm:flex-1">
        <p className="flex items-center gap-2">
          {mail.category && <Badge tone="amber">{say.categories[mail.category] ?? mail.category}</Badge>}
          <span className="truncate font-medium">{mail.subject ?? mail.reason ?? mail.via}</span>
        </p>
        <p className="truncate text-sm text-muted">
          {mail.from_email ?? mail.via} · <RelativeTime at={mail.received_at} /> · {format.bytes(mail.size)}
          {mail.subject && mail.reason && ` · ${mail.reason}`}
        </p>
      </div>
      <Button size="sm" icon={<RotateCw />} isBusy={again.isPending} onClick={() => again.mutate(mail.id)}>
        {mail.state === 'filtered' ? say.letIn : say.readAgain}
      </Button>
      <IconButton label={say.download} icon={<Download />} onClick={() => window.location.assign(`/admin/email/inbound/${mail.id}/raw`)} />
      <IconButton label={say.forget} icon={<Trash2 />} disabled={forget.isPending} onClick={() => forget.mutate(mail.id)} />
    </li>
  )
}

/** Mails that did not get out, or came back. */
export function FailedList() {
  const say = useStrings(strings)
  const { data, isPending, error, refetch } = useQuery(emailQueries.failed())
  if (isPending) return <SkeletonRows rows={4} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data.emails.length === 0) {
    return (
      <EmptyState icon={<MailX />} title={say.noFailed}>
        {say.noFailedHint}
      </EmptyState>
    )
  }
  return (
    <ul>
      {data.emails.map((mail) => (
        <FailedRow key={mail.id} mail={mail} />
      ))}
    </ul>
  )
}

function FailedRow({ mail }: { mail: FailedMail }) {
  const say = useStrings(strings)
  const again = useAgain(retryFailed)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-3 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <DeliveryBadge email={mail} />
          {mail.ticket_id ? (
            <Link to={`/app/tickets/${mail.ticket_id}`} className="truncate font-medium hover:underline">
              {mail.ticket_number && `#${mail.ticket_number} `}
              {mail.subject}
            </Link>
          ) : (
            <span className="truncate font-medium">{mail.subject}</span>
          )}
        </p>
        <p className="text-sm text-muted">
          {say.toWhom(mail.to_email.join(', '))} · {say.attempts(mail.attempts)}
          {mail.next_attempt_at && (
            <>
              {' · '}
              {say.nextTry} <RelativeTime at={mail.next_attempt_at} />
            </>
          )}
        </p>
        {mail.error_message && <p className="mt-1 text-sm break-words text-red">{mail.error_message}</p>}
      </div>
      {mail.delivery_state !== 'bounced' && (
        <Button size="sm" icon={<RotateCw />} isBusy={again.isPending} onClick={() => again.mutate(mail.id)}>
          {say.tryAgain}
        </Button>
      )}
    </li>
  )
}
