import { CannedSettings } from '@/features/macros/canned-settings'

export default function CannedResponsesPage() {
  return <CannedSettings />
}
