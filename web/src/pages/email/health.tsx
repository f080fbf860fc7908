import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { emailQueries } from '@/features/email/api'
import { HealthOverview } from '@/features/email/health-overview'
import { MailRules } from '@/features/email/mail-rules'
import { strings } from '@/features/email/strings'
import { FailedList, HeldSenders, InboundList } from '@/features/email/stuck-lists'
import { ErrorState, SettingsPage, SettingsSection, Skeleton, Tabs, useStrings } from '@/ui'

type Tab = 'unprocessed' | 'filtered' | 'failed'

/** What came in, what went out, what got stuck. */
export default function EmailHealthPage() {
  const say = useStrings(strings)
  const { data: health, error, refetch } = useQuery(emailQueries.health())
  const [tab, setTab] = useState<Tab>('unprocessed')
  return (
    <SettingsPage title={say.health} description={say.healthAbout}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : health ? <HealthOverview health={health} /> : <Skeleton className="h-24" />}
      <SettingsSection isFlush>
        <Tabs<Tab>
          label={say.health}
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'unprocessed', label: say.unprocessed, ...(health && { count: health.unprocessed }) },
            { value: 'filtered', label: say.filtered, ...(health && health.held > 0 && { count: health.held }) },
            { value: 'failed', label: say.failed, ...(health && { count: health.failed + health.uncertain }) },
          ]}
        >
          {tab === 'filtered' && <HeldSenders />}
          {tab === 'failed' ? <FailedList /> : <InboundList state={tab === 'filtered' ? 'filtered' : 'failed'} />}
        </Tabs>
      </SettingsSection>
      <MailRules />
    </SettingsPage>
  )
}
