import { KeySettings } from '@/features/accounts/key-settings'

export default function ApiKeysPage() {
  return <KeySettings />
}
