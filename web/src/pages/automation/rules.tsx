import { RuleList } from '@/features/automation/rule-list'

export default function RulesPage() {
  return <RuleList />
}
