import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { ContextSelect } from '@/features/ai/context-select'
import { aiQueries } from '@/features/ai/queries'
import { AiSettingsForm } from '@/features/ai/settings-form'
import { strings } from '@/features/ai/strings'
import { TestChat } from '@/features/ai/test-chat'
import { ErrorState, SettingsPage, SkeletonRows, useStrings } from '@/ui'

/** How the AI behaves, by context, and a chat to try it. */
export default function AiSettingsPage() {
  const say = useStrings(strings)
  const [context, setContext] = useState('')
  const { data, error, refetch } = useQuery(aiQueries.settings(context))
  return (
    <SettingsPage title={say.title} description={say.about} actions={<ContextSelect value={context} onChange={setContext} />}>
      <TestChat key={`chat ${context}`} context={context} />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={8} />}
      {data && <AiSettingsForm key={context} settings={data} context={context} />}
    </SettingsPage>
  )
}
