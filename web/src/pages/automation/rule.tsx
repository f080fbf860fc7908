import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'

import { ruleQueries } from '@/features/automation/api'
import { RuleEditor } from '@/features/automation/rule-editor'

export default function RulePage() {
  const { ruleId = '' } = useParams()
  return ruleId === 'new' ? <RuleEditor rule={null} /> : <Saved key={ruleId} ruleId={ruleId} />
}

function Saved({ ruleId }: { ruleId: string }) {
  const { data: rule } = useSuspenseQuery(ruleQueries.one(ruleId))
  return <RuleEditor key={rule.version} rule={rule} />
}
