import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowDownLeft, ArrowUpRight, ChevronDown, Ellipsis, Mail, RotateCw } from 'lucide-react'
import { useState } from 'react'

import { useLiveQueries } from '@/api/live'
import { Badge, Banner, Button, cx, Dialog, EmptyState, ErrorState, IconButton, Menu, RelativeTime, SkeletonRows, toast, toastError, useStrings } from '@/ui'

import { emailQueries, readHeaders, retryEmail } from './api'
import { DeliveryBadge } from './delivery-badge'
import { hasRemoteImages, HtmlFrame } from './html-frame'
import { strings } from './strings'
import { ticketEmails, type Email } from './ticket-emails'

/** All mails of a ticket, in and out, with what became of them. */
export function EmailThread({ ticketId }: { ticketId: string }) {
  const say = useStrings(strings)
  const query = ticketEmails(ticketId)
  const { data, isPending, error, refetch } = useQuery(query)
  useLiveQueries(query.queryKey, (event) => event.ticket_id === ticketId && (event.kind.startsWith('mail.') || event.kind === 'message.added'))
  if (isPending) return <SkeletonRows rows={3} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data.emails.length === 0) {
    return (
      <EmptyState icon={<Mail />} title={say.noEmails}>
        {say.noEmailsHint}
      </EmptyState>
    )
  }
  return (
    <ol className="divide-y divide-line">
      {data.emails.map((email, index) => (
        <li key={email.id}>
          <EmailItem email={email} ticketId={ticketId} isOpenAtFirst={index === data.emails.length - 1} />
        </li>
      ))}
    </ol>
  )
}

interface ItemProps {
  email: Email
  ticketId: string
  isOpenAtFirst: boolean
}

function EmailItem({ email, ticketId, isOpenAtFirst }: ItemProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  const isIn = email.direction === 'inbound'
  return (
    <article className="px-4 py-3">
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="flex w-full items-start gap-3 rounded-sm text-left">
        <span className={cx('mt-0.5 grid size-6 shrink-0 place-items-center rounded-full [&_svg]:size-3.5', isIn ? 'bg-blue-soft text-blue' : 'bg-accent-soft text-accent-text')}>
          {isIn ? <ArrowDownLeft aria-hidden /> : <ArrowUpRight aria-hidden />}
        </span>
        <Summary email={email} isOpen={isOpen} />
      </button>
      {isOpen && <OpenEmail email={email} ticketId={ticketId} />}
    </article>
  )
}

function Summary({ email, isOpen }: { email: Email; isOpen: boolean }) {
  const say = useStrings(strings)
  return (
    <span className="min-w-0 flex-1">
      <span className="flex items-baseline gap-2">
        <span className="truncate font-medium">{email.from_name || email.from_email || say.unknownSender}</span>
        <span className="ml-auto shrink-0 text-xs text-faint">
          <RelativeTime at={email.sent_at ?? email.received_at ?? email.created_at} isPlain />
        </span>
      </span>
      <span className="block truncate text-sm text-muted">{say.toWhom([...email.to_email, ...email.cc_email].join(', '))}</span>
      <span className="mt-1 flex flex-wrap items-center gap-1.5">
        <DeliveryBadge email={email} />
        {say.kinds[email.kind] && email.kind !== 'automatic' && <Badge tone="violet">{say.kinds[email.kind]}</Badge>}
        {!email.is_sender_verified && <Badge tone="amber">{say.unverified}</Badge>}
        <span className={cx('min-w-0 truncate text-sm', isOpen ? 'font-medium' : 'text-faint')}>{email.subject}</span>
      </span>
    </span>
  )
}

function OpenEmail({ email, ticketId }: { email: Email; ticketId: string }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [showsRemote, setShowsRemote] = useState(false)
  const [isText, setText] = useState(!email.body_html)
  const [headersOf, setHeadersOf] = useState<string | null>(null)
  const retry = useMutation({
    mutationFn: () => retryEmail(ticketId, email.id),
    onSuccess: (answer) => {
      void client.invalidateQueries({ queryKey: emailQueries.all })
      toast(answer.message, { tone: 'success' })
    },
    onError: (error) => toastError(error, say.testFailed),
  })
  const canRetry = ['failed', 'uncertain', 'queued'].includes(email.delivery_state ?? '') && email.error_message
  const path = `/ticket/${ticketId}/emails/${email.id}`
  return (
    <div className="mt-3 space-y-3 pl-9">
      {email.error_message && email.delivery_state !== 'sent' && (
        <Banner
          tone={email.delivery_state === 'queued' || email.delivery_state === 'uncertain' ? 'warning' : 'danger'}
          action={canRetry && <Button size="sm" icon={<RotateCw />} isBusy={retry.isPending} onClick={() => retry.mutate()}>{say.retry}</Button>}
        >
          {email.error_message}
        </Banner>
      )}
      {!isText && email.body_html && hasRemoteImages(email.body_html) && !showsRemote && (
        <Banner action={<Button size="sm" onClick={() => setShowsRemote(true)}>{say.showImages}</Button>}>{say.imagesHidden}</Banner>
      )}
      {isText ? <TextBody email={email} /> : <div className="overflow-hidden rounded-md border border-line"><HtmlFrame html={email.body_html ?? ''} imageSource={showsRemote ? (url) => `${path}/image?url=${encodeURIComponent(url)}` : undefined} /></div>}
      <div className="flex items-center gap-1">
        {email.body_html && (
          <Button size="sm" variant="ghost" onClick={() => setText(!isText)}>
            {isText ? say.original : say.asText}
          </Button>
        )}
        <Menu
          trigger={<IconButton size="sm" label={say.more} icon={<Ellipsis />} />}
          items={[
            ...(email.direction === 'inbound' ? [{ label: say.headers, onSelect: () => setHeadersOf(email.id) }] : []),
            { label: say.raw, onSelect: () => window.location.assign(`${path}/raw`) },
          ]}
        />
      </div>
      {headersOf && <HeadersDialog ticketId={ticketId} emailId={headersOf} onClose={() => setHeadersOf(null)} />}
    </div>
  )
}

/** The words, with what was quoted folded away and never lost. */
function TextBody({ email }: { email: Email }) {
  const say = useStrings(strings)
  const [isWhole, setWhole] = useState(false)
  const folded = [email.signature_text, email.quoted_text].filter(Boolean).join('\n\n')
  const visible = folded && !isWhole ? withoutFolded(email) : email.body_text
  return (
    <div>
      <p className="text-sm break-words whitespace-pre-wrap">{visible}</p>
      {folded && (
        <button type="button" onClick={() => setWhole(!isWhole)} className="mt-2 inline-flex items-center gap-1 rounded-xs bg-press px-1.5 text-xs text-muted hover:text-ink">
          <ChevronDown className={cx('size-3.5 transition-transform', isWhole && 'rotate-180')} aria-hidden />
          {isWhole ? say.hideQuoted : say.showQuoted}
        </button>
      )}
    </div>
  )
}

/** The text before its folded end; where the quote stands between the answers, all of it. */
function withoutFolded(email: Email): string {
  const start = [email.signature_text, email.quoted_text]
    .filter(Boolean)
    .map((part) => email.body_text.indexOf(part.slice(0, 80)))
    .filter((at) => at > 0)
  return start.length > 0 ? email.body_text.slice(0, Math.min(...start)).trimEnd() : email.body_text
}

function HeadersDialog({ ticketId, emailId, onClose }: { ticketId: string; emailId: string; onClose: () => void }) {
  const say = useStrings(strings)
  const { data, isPending, error } = useQuery({
    queryKey: [...emailQueries.all, 'headers', emailId],
    queryFn: () => readHeaders(ticketId, emailId),
  })
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={say.headers} size="lg">
      {isPending && <SkeletonRows rows={6} />}
      {error && <ErrorState error={error} />}
      <dl className="space-y-1 font-mono text-xs">
        {data?.headers.map(([name, value], index) => (
          <div key={`${name}-${index}`} className="grid grid-cols-[9rem_1fr] gap-2 break-all">
            <dt className="text-muted">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
