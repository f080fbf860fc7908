import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'

import { ApiError } from '@/api/client'
import { ActionList } from '@/features/actions/action-list'
import { Button, Field, FormError, Input, Menu, SettingsPage, Switch, Tabs, Textarea, toast, useStrings } from '@/ui'

import { ruleQueries, useSaveRule, type Rule, type RuleWrite } from './api'
import { GroupEditor } from './conditions'
import { DryRunPanel } from './dry-run'
import { RuleLog } from './log'
import { strings } from './strings'
import { useInWords } from './vocabulary'

const FRESH: RuleWrite = {
  name: '',
  description: '',
  triggers: ['ticket_opened'],
  conditions: { match: 'all', conditions: [{ field: 'priority', operator: 'is', value: 'urgent' }] },
  actions: [],
  is_active: true,
  stops_others: false,
}

function partsOf(rule: Rule): RuleWrite {
  const { name, description, triggers, conditions, actions, is_active, stops_others } = rule
  return { name, description, triggers, conditions, actions, is_active, stops_others }
}

/** When, if, then: builds a rule, tries it on the past and shows what it did. */
export function RuleEditor({ rule }: { rule: Rule | null }) {
  const say = useStrings(strings)
  const navigate = useNavigate()
  const vocabulary = useInWords(useSuspenseQuery(ruleQueries.vocabulary).data)
  const save = useSaveRule()
  const [draft, setDraft] = useState<RuleWrite>(rule ? partsOf(rule) : FRESH)
  const [tab, setTab] = useState<'settings' | 'log'>('settings')
  const set = (part: Partial<RuleWrite>): void => setDraft((before) => ({ ...before, ...part }))
  const isDirty = !rule || JSON.stringify(partsOf(rule)) !== JSON.stringify(draft)
  const errors = save.error instanceof ApiError ? save.error.errors : []
  const errorAt = (path: string): string | undefined => errors.find((error) => error.field === path)?.message
  const actionError = (index: number): string | undefined =>
    errors.find((error) => error.field === `actions.${index}` || error.field.startsWith(`actions.${index}.`))?.message
  const submit = (): void =>
    save.mutate(
      { id: rule?.id, version: rule?.version, ...draft },
      {
        onSuccess: (answer) => {
          toast(say.saved)
          if (!rule) void navigate(`/app/settings/rules/${answer.rule.id}`, { replace: true })
        },
      },
    )
  const builder = (
    <div className="space-y-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={say.name} isRequired>
          <Input
            value={draft.name}
            maxLength={120}
            placeholder={say.namePlaceholder}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field label={say.description} isOptional>
          <Textarea rows={1} value={draft.description} onChange={(event) => set({ description: event.target.value })} />
        </Field>
      </div>
      <Step title={say.when} hint={say.whenHint}>
        <div className="flex flex-wrap items-center gap-2">
          {draft.triggers.map((key) => (
            <span key={key} className="inline-flex h-8 items-center gap-1.5 rounded-sm bg-accent-soft pr-1 pl-2.5 text-sm text-accent-text">
              {vocabulary.triggers.find((trigger) => trigger.key === key)?.label ?? key}
              <button
                type="button"
                aria-label={say.removeCondition}
                className="grid size-6 place-items-center rounded-xs hover:bg-press"
                onClick={() => set({ triggers: draft.triggers.filter((other) => other !== key) })}
              >
                <X className="size-3.5" />
              </button>
            </span>
          ))}
          <Menu
            align="start"
            trigger={
              <Button size="sm" variant="ghost" icon={<Plus />}>
                {say.addTrigger}
              </Button>
            }
            items={vocabulary.triggers
              .filter((trigger) => !draft.triggers.includes(trigger.key))
              .map((trigger) => ({
                label: trigger.label,
                onSelect: () => set({ triggers: [...draft.triggers, trigger.key] }),
              }))}
          />
        </div>
      </Step>
      <Step title={say.if} hint={say.ifHint}>
        <GroupEditor
          group={draft.conditions}
          vocabulary={vocabulary}
          errorAt={errorAt}
          onChange={(conditions) => set({ conditions })}
        />
      </Step>
      <Step title={say.whatThen} hint={say.thenHint}>
        <ActionList isRule actions={draft.actions} errorAt={actionError} onChange={(actions) => set({ actions })} />
        <div className="mt-4 border-t border-line pt-4">
          <Switch
            label={say.stopLabel}
            hint={say.stopHint}
            checked={draft.stops_others}
            onChange={(stops_others) => set({ stops_others })}
          />
        </div>
      </Step>
      <Step title={say.tryIt}>
        <DryRunPanel rule={draft} ruleId={rule?.id} isSaved={!isDirty} vocabulary={vocabulary} />
      </Step>
    </div>
  )
  return (
    <SettingsPage
      isWide
      title={rule?.name ?? say.newRule}
      description={rule?.description ?? say.rulesHint}
      back={{ to: '/app/settings/rules', label: say.back }}
      actions={
        <>
          <Switch label={say.on} checked={draft.is_active} onChange={(is_active) => set({ is_active })} />
          <Button
            variant="primary"
            isBusy={save.isPending}
            disabled={!isDirty || draft.name.trim() === '' || draft.triggers.length === 0 || draft.actions.length === 0}
            onClick={submit}
          >
            {say.save}
          </Button>
        </>
      }
    >
      <FormError error={save.error} />
      {rule ? (
        <Tabs
          label={rule.name}
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'settings', label: say.settings, content: builder },
            { value: 'log', label: say.log, content: <RuleLog ruleId={rule.id} vocabulary={vocabulary} /> },
          ]}
        />
      ) : (
        builder
      )}
    </SettingsPage>
  )
}

function Step({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="lit rounded-lg border border-line bg-surface">
      <header className="flex flex-wrap items-baseline gap-x-3 px-4 pt-3">
        <h2 className="text-md font-semibold">{title}</h2>
        {hint && <p className="text-sm text-muted">{hint}</p>}
      </header>
      <div className="p-4 pt-3">{children}</div>
    </section>
  )
}
