import { AuditSettings } from '@/features/accounts/audit-settings'

export default function AuditPage() {
  return <AuditSettings />
}
