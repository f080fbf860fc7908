import { PeopleSettings } from '@/features/accounts/people-settings'

export default function PeoplePage() {
  return <PeopleSettings />
}
