import { useQuery } from '@tanstack/react-query'
import { Copy, Plus, Workflow } from 'lucide-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'

import {
  Badge,
  Button,
  SettingsPage,
  SettingsSection,
  Switch,
  toastError,
  useStrings,
} from '@/ui'
import { DeleteDialog, Listed, RowMenu } from '@/ui/settings-list'
import { Sortable } from '@/ui/sortable'

import { ruleQueries, useDeleteRule, useOrderRules, useSaveRule, useSwitchRule, type Rule } from './api'
import { strings } from './strings'
import { useInWords } from './vocabulary'

export function RuleList() {
  const say = useStrings(strings)
  const rules = useQuery(ruleQueries.list)
  const order = useOrderRules()
  const remove = useDeleteRule()
  const [deleted, askDelete] = useState<Rule | null>(null)
  return (
    <SettingsPage
      title={say.rules}
      description={say.rulesHint}
      actions={
        <Button variant="primary" asChild>
          <Link to="/app/settings/rules/new">
            <Plus />
            {say.newRule}
          </Link>
        </Button>
      }
    >
      <SettingsSection isFlush>
        <Listed query={rules} skeletons={4} empty={{ icon: <Workflow />, title: say.noRules, hint: say.noRulesHint }}>
          {(rows) => (
          <Sortable
            rows={rows}
            rowKey={(rule) => rule.id}
            rowName={(rule) => rule.name}
            onOrder={(ids) => order.mutate(ids, { onError: (error) => toastError(error) })}
          >
            {(rule) => <RuleRow rule={rule} onDelete={() => askDelete(rule)} />}
          </Sortable>
          )}
        </Listed>
      </SettingsSection>
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

function RuleRow({ rule, onDelete }: { rule: Rule; onDelete: () => void }) {
  const say = useStrings(strings)
  const navigate = useNavigate()
  const toggle = useSwitchRule()
  const copy = useSaveRule()
  const vocabulary = useInWords(useQuery(ruleQueries.vocabulary).data)
  const { name, description, triggers, conditions, actions, stops_others } = rule
  const duplicate = (): void =>
    copy.mutate(
      { name: say.copyOf(name), description, triggers, conditions, actions, stops_others, is_active: false },
      {
        onSuccess: (answer) => void navigate(`/app/settings/rules/${answer.rule.id}`),
        onError: (error) => toastError(error),
      },
    )
  const when = triggers.map((key) => vocabulary?.triggers.find((each) => each.key === key)?.label ?? key)
  return (
    <div className="flex items-center gap-3 py-3 pr-3">
      <Link to={`/app/settings/rules/${rule.id}`} className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={rule.is_active ? 'font-medium' : 'font-medium text-muted'}>{name}</span>
          {rule.is_routing && <Badge tone="violet">{say.routing}</Badge>}
          {stops_others && <Badge>{say.stopsOthers}</Badge>}
        </span>
        <span className="mt-0.5 line-clamp-1 text-sm text-muted">{description || when.join(' · ')}</span>
      </Link>
      <span className="flex flex-wrap justify-end gap-1.5 text-xs text-faint max-sm:hidden">
        <span>{rule.ran_last_week ? say.ranLastWeek(rule.ran_last_week) : say.neverRan}</span>
        {rule.stopped_last_week > 0 && <Badge tone="amber">{say.stoppedLastWeek(rule.stopped_last_week)}</Badge>}
        {rule.failed_last_week > 0 && <Badge tone="red">{say.failedLastWeek(rule.failed_last_week)}</Badge>}
      </span>
      <Switch
        aria-label={say.switchRule(name)}
        checked={rule.is_active}
        disabled={toggle.isPending}
        onChange={(is_active) => toggle.mutate({ id: rule.id, is_active }, { onError: (error) => toastError(error) })}
      />
      <RowMenu
        onEdit={() => void navigate(`/app/settings/rules/${rule.id}`)}
        items={[{ label: say.duplicate, icon: <Copy />, onSelect: duplicate }]}
        onDelete={onDelete}
      />
    </div>
  )
}
