import { useQuery } from '@tanstack/react-query'
import { AtSign, Plus } from 'lucide-react'
import { useState } from 'react'

import { CopyField } from '@/features/accounts/copy-field'
import { AccountForm } from '@/features/email/account-form'
import { AccountRow } from '@/features/email/account-row'
import { emailQueries, type Account } from '@/features/email/api'
import { strings } from '@/features/email/strings'
import { Button, EmptyState, ErrorState, Field, SettingsPage, SettingsSection, Sheet, SkeletonRows, useStrings } from '@/ui'

/** The desk's addresses, and where other systems hand mail in. */
export default function EmailAccountsPage() {
  const say = useStrings(strings)
  const { data, isPending, error, refetch } = useQuery(emailQueries.accounts())
  const [edited, edit] = useState<Account | 'new' | null>(null)
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => edit('new')}>
      {say.addAccount}
    </Button>
  )
  return (
    <SettingsPage title={say.accounts} description={say.accountsAbout} actions={data?.accounts.length ? add : undefined}>
      <SettingsSection isFlush>
        {isPending && <SkeletonRows rows={3} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data?.accounts.length === 0 && (
          <EmptyState icon={<AtSign />} title={say.noAccounts} action={add}>
            {say.noAccountsHint}
          </EmptyState>
        )}
        <ul>
          {data?.accounts.map((account) => (
            <AccountRow key={account.id} account={account} onEdit={() => edit(account)} />
          ))}
        </ul>
      </SettingsSection>
      <Webhook />
      <Sheet
        title={edited === 'new' ? say.addAccount : edited ? say.editAccount(edited.email) : say.accounts}
        isOpen={edited !== null}
        onOpenChange={(isOpen) => !isOpen && edit(null)}
      >
        {edited && <AccountForm account={edited === 'new' ? null : edited} onDone={() => edit(null)} />}
      </Sheet>
    </SettingsPage>
  )
}

function Webhook() {
  const say = useStrings(strings)
  const { data: health } = useQuery(emailQueries.health())
  if (!health) return null
  return (
    <SettingsSection title={say.webhook} description={say.webhookAbout}>
      <Field label={say.webhookUrl}>
        <CopyField value={health.webhook_url} label={say.webhookUrl} />
      </Field>
      {health.webhook_secret && (
        <Field label={say.webhookSecret} hint={say.webhookSecretHint}>
          <CopyField value={health.webhook_secret} label={say.webhookSecret} />
        </Field>
      )}
    </SettingsSection>
  )
}
