import { useQuery } from '@tanstack/react-query'
import { Globe, User, UsersRound } from 'lucide-react'

import { may, useUser } from '@/features/accounts/session'
import { teamQueries } from '@/features/teams/api'
import { Badge, Field, Segmented, Select, useStrings } from '@/ui'

import type { Visibility } from './api'
import { strings } from './strings'

interface Sharing {
  visibility: Visibility
  team_id: string | null
}

const ICONS = { personal: <User />, team: <UsersRound />, everyone: <Globe /> }

/** Whether this person may share with others. */
export function useMayShare(): boolean {
  const user = useUser()
  return may(user, 'macros.share')
}

export function VisibilityField({ value, onChange }: { value: Sharing; onChange: (value: Sharing) => void }) {
  const say = useStrings(strings)
  const { data: teams = [] } = useQuery(teamQueries.list)
  if (!useMayShare()) return null
  return (
    <Field label={say.visibility}>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label={say.visibility}
          value={value.visibility}
          onChange={(visibility) => onChange({ visibility, team_id: visibility === 'team' ? value.team_id : null })}
          options={(Object.keys(say.visibilities) as Visibility[]).map((key) => ({
            value: key,
            label: say.visibilities[key],
            icon: ICONS[key],
          }))}
        />
        {value.visibility === 'team' && (
          <Select
            aria-label={say.team}
            className="max-w-52"
            value={value.team_id ?? undefined}
            onChange={(team_id) => onChange({ ...value, team_id })}
            options={teams.map((team) => ({ value: team.id, label: team.name }))}
          />
        )}
      </div>
    </Field>
  )
}

export function VisibilityBadge({ visibility, team_id }: Sharing) {
  const say = useStrings(strings)
  const { data: teams = [] } = useQuery(teamQueries.list)
  const words = visibility === 'team' ? (teams.find((team) => team.id === team_id)?.name ?? say.team) : say.visibilities[visibility]
  return <Badge icon={ICONS[visibility]}>{words}</Badge>
}
