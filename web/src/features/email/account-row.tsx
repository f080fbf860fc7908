import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, Inbox, Pencil, Send, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { ApiError } from '@/api/client'
import { Badge, Banner, Button, ConfirmDialog, IconButton, RelativeTime, toast, toastError, useStrings } from '@/ui'

import { deleteAccount, emailQueries, testFetching, testSending, type Account } from './api'
import { strings } from './strings'

/** One account: what it is for, how it is doing, and the buttons that try it for real. */
export function AccountRow({ account, onEdit }: { account: Account; onEdit: () => void }) {
  const say = useStrings(strings)
  const sending = useMutation({ mutationFn: () => testSending(account.id) })
  const fetching = useMutation({ mutationFn: () => testFetching(account.id) })
  const [isDeleting, setDeleting] = useState(false)
  return (
    <li className="border-b border-line px-5 py-4 last:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="flex flex-wrap items-center gap-2">
            <span className="truncate font-medium">{account.email}</span>
            {account.is_default && <Badge tone="accent">{say.defaultBadge}</Badge>}
            {!account.is_active && <Badge>{say.off}</Badge>}
          </p>
          <p className="mt-0.5 text-sm text-muted">
            {account.display_name && <span>{account.display_name} · </span>}
            {account.smtp_host || account.provider}
            {account.imap_enabled && <PollingState account={account} />}
            {account.last_sent_at && (
              <span>
                {' · '}
                {say.lastSent} <RelativeTime at={account.last_sent_at} />
              </span>
            )}
          </p>
        </div>
        <div className="flex items-center gap-1">
          <Button size="sm" icon={<Send />} isBusy={sending.isPending} onClick={() => sending.mutate()}>
            {say.test}
          </Button>
          {account.imap_host && (
            <Button size="sm" icon={<Inbox />} isBusy={fetching.isPending} onClick={() => fetching.mutate()}>
              {say.testImap}
            </Button>
          )}
          <IconButton label={say.editAccount(account.email)} icon={<Pencil />} onClick={onEdit} />
          <IconButton label={say.deleteAccount} icon={<Trash2 />} onClick={() => setDeleting(true)} />
        </div>
      </div>
      <Said test={sending} />
      <Said test={fetching} />
      {account.send_error && sending.isIdle && (
        <Banner tone="warning" className="mt-3">
          {account.send_error}
        </Banner>
      )}
      {account.poll_error && account.imap_enabled && fetching.isIdle && (
        <Banner tone="warning" className="mt-3">
          {account.poll_error}
        </Banner>
      )}
      {isDeleting && <DeleteDialog account={account} onClose={() => setDeleting(false)} />}
    </li>
  )
}

function PollingState({ account }: { account: Account }) {
  const say = useStrings(strings)
  return (
    <span>
      {' · '}
      {account.poll_error ? <CircleAlert className="inline size-3.5 text-amber" aria-hidden /> : <CircleCheck className="inline size-3.5 text-green" aria-hidden />}{' '}
      {say.fetched}, {account.last_polled_at ? <>{say.lastFetched} <RelativeTime at={account.last_polled_at} /></> : say.neverFetched}
    </span>
  )
}

interface Test {
  data: { message: string } | undefined
  error: unknown
}

/** What the server itself said. */
function Said({ test }: { test: Test }) {
  const say = useStrings(strings)
  if (test.error) {
    return (
      <Banner tone="danger" title={say.testFailed} className="mt-3">
        {test.error instanceof Error ? test.error.message : String(test.error)}
      </Banner>
    )
  }
  if (!test.data) return null
  return (
    <Banner tone="success" title={say.works} className="mt-3">
      {test.data.message}
    </Banner>
  )
}

function DeleteDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [depends, setDepends] = useState<string[] | null>(null)
  const remove = async (): Promise<void> => {
    try {
      await deleteAccount(account.id, depends !== null)
      void client.invalidateQueries({ queryKey: emailQueries.all })
      toast(say.deleted, { tone: 'success' })
      onClose()
    } catch (error) {
      const told = error instanceof ApiError && error.code === 'account_in_use' ? error.body.depends : null
      if (!Array.isArray(told)) {
        toastError(error, say.testFailed)
        return
      }
      setDepends(told.map(String))
      throw error
    }
  }
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={say.deleteAsk(account.email)}
      description={say.deleteHint}
      confirmLabel={depends ? say.deleteAnyway : say.remove}
      onConfirm={remove}
    />
  )
}
