import { TeamSettings } from '@/features/teams/settings'

export default function TeamsPage() {
  return <TeamSettings />
}
