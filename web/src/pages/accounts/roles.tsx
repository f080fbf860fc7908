import { RoleSettings } from '@/features/accounts/role-settings'

export default function RolesPage() {
  return <RoleSettings />
}
