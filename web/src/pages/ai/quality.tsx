import { useState } from 'react'

import { CalibrationPanel } from '@/features/ai/calibration'
import { ContextSelect } from '@/features/ai/context-select'
import { RunList } from '@/features/ai/run-list'
import { strings } from '@/features/ai/strings'
import { ArticlesToMend } from '@/features/ai/to-mend'
import { SettingsPage, useStrings } from '@/ui'

/** Does the AI deserve trust: calibration, runs, articles to mend. */
export default function AiQualityPage() {
  const say = useStrings(strings)
  const [context, setContext] = useState('')
  return (
    <SettingsPage title={say.quality} description={say.qualityAbout} isWide actions={<ContextSelect value={context} onChange={setContext} />}>
      <CalibrationPanel context={context} />
      <RunList />
      <ArticlesToMend />
    </SettingsPage>
  )
}
