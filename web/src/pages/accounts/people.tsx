import { useQuery } from '@tanstack/react-query'

import { PeopleSettings } from '@/features/accounts/people-settings'
import { teamQueries } from '@/features/teams/api'

export default function PeoplePage() {
  const { data: teams = [] } = useQuery(teamQueries.list)
  return <PeopleSettings teams={teams} />
}
