import { useQuery } from '@tanstack/react-query'
import { Lock, UsersRound } from 'lucide-react'
import { useState } from 'react'

import {
  Avatar,
  Badge,
  Card,
  ColorDot,
  EmptyState,
  ErrorState,
  SettingsPage,
  SkeletonRows,
  useStrings,
} from '@/ui'
import { DeleteDialog, NewButton, RowMenu } from '@/ui/settings-list'

import { teamQueries, useDeleteTeam, type Team } from './api'
import { strings } from './strings'
import { TeamSheet } from './team-sheet'

export function TeamSettings() {
  const say = useStrings(strings)
  const teams = useQuery(teamQueries.list)
  const workload = useQuery(teamQueries.workload)
  const remove = useDeleteTeam()
  const [edited, edit] = useState<Team | 'new' | null>(null)
  const [deleted, askDelete] = useState<Team | null>(null)
  return (
    <SettingsPage
      title={say.teams}
      description={say.teamsHint}
      actions={<NewButton label={say.newTeam} onClick={() => edit('new')} />}
    >
      {teams.error ? (
        <ErrorState error={teams.error} onRetry={() => void teams.refetch()} />
      ) : teams.isPending ? (
        <Card>
          <SkeletonRows rows={3} />
        </Card>
      ) : teams.data.length === 0 ? (
        <Card>
          <EmptyState icon={<UsersRound />} title={say.noTeams}>
            {say.noTeamsHint}
          </EmptyState>
        </Card>
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          {teams.data.map((team) => (
            <TeamCard
              key={team.id}
              team={team}
              open={workload.data ?? {}}
              onEdit={() => edit(team)}
              onDelete={() => askDelete(team)}
            />
          ))}
        </div>
      )}
      {edited && <TeamSheet team={edited === 'new' ? null : edited} onClose={() => edit(null)} />}
      <DeleteDialog
        item={deleted}
        title={({ name }) => say.deleteTitle(name)}
        hint={say.deleteHint}
        onDelete={({ id }) => remove.mutateAsync(id)}
        onClose={() => askDelete(null)}
      />
    </SettingsPage>
  )
}

interface TeamCardProps {
  team: Team
  open: Record<string, number>
  onEdit: () => void
  onDelete: () => void
}

function TeamCard({ team, open, onEdit, onDelete }: TeamCardProps) {
  const say = useStrings(strings)
  return (
    <Card className="flex flex-col p-4">
      <div className="flex items-start gap-3">
        <button type="button" onClick={onEdit} className="min-w-0 flex-1 text-left">
          <span className="flex items-center gap-2 text-md font-semibold">
            <ColorDot color={team.color} />
            <span className="truncate">{team.name}</span>
          </span>
          {team.description && <span className="mt-0.5 line-clamp-2 text-sm text-muted">{team.description}</span>}
        </button>
        <RowMenu onEdit={onEdit} onDelete={onDelete} />
      </div>
      <ul className="mt-3 space-y-1.5">
        {team.members.slice(0, 5).map((member) => (
          <li key={member.user_id} className="flex items-center gap-2 text-sm">
            <Avatar name={member.name} size="xs" />
            <span className="min-w-0 flex-1 truncate">{member.name}</span>
            {member.is_lead && <Badge tone="accent">{say.lead}</Badge>}
            {!member.takes_tickets && <Badge>{say.takesHint}</Badge>}
            <span className="tabular text-xs text-faint">{say.openTickets(open[member.user_id] ?? 0)}</span>
          </li>
        ))}
        {team.members.length === 0 && <li className="text-sm text-muted">{say.empty}</li>}
      </ul>
      <div className="mt-auto flex flex-wrap gap-1.5 pt-4">
        <Badge>{say.peopleCount(team.members.length)}</Badge>
        <Badge tone={team.assignment === 'team_only' ? 'neutral' : 'blue'}>{say.short[team.assignment]}</Badge>
        {team.is_restricted && (
          <Badge tone="amber" icon={<Lock />}>
            {say.restricted}
          </Badge>
        )}
      </div>
    </Card>
  )
}
