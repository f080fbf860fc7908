import { MacroSettings } from '@/features/macros/macro-settings'

export default function MacrosPage() {
  return <MacroSettings />
}
