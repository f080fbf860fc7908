import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Field, fieldError, Form, FormActions, FormError, Input, SettingsSection, toast, useStrings } from '@/ui'

import { emailQueries, saveMailSettings } from './api'
import { strings } from './strings'

type Rules = Parameters<typeof saveMailSettings>[0]

/** How long original mails are kept, and when a sender floods the desk. Only who manages e-mail sees it. */
export function MailRules() {
  const { data } = useQuery({ ...emailQueries.settings(), retry: false })
  return data ? <RulesForm key={JSON.stringify(data)} stored={data} /> : null
}

function RulesForm({ stored }: { stored: Rules }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [rules, setRules] = useState(stored)
  const save = useMutation({
    mutationFn: () => saveMailSettings(rules),
    onSuccess: (saved) => {
      client.setQueryData(emailQueries.settings().queryKey, saved)
      toast(say.rulesSaved, { tone: 'success' })
    },
  })
  const number = (name: keyof Rules, label: string, hint: string, max: number) => (
    <Field label={label} hint={hint} error={fieldError(save.error, name)}>
      <Input
        type="number"
        inputMode="numeric"
        min={0}
        max={max}
        required
        value={rules[name]}
        onChange={(event) => setRules({ ...rules, [name]: Number(event.target.value) })}
        className="max-w-40"
      />
    </Field>
  )
  return (
    <SettingsSection title={say.rules} description={say.rulesAbout}>
      <Form onSubmit={() => save.mutate()}>
        <FormError error={save.error} fields={['keep_days', 'hold_after']} />
        {number('keep_days', say.keepDays, say.keepDaysHint, 36_500)}
        {number('hold_after', say.holdAfter, say.holdAfterHint, 5000)}
        <FormActions isBusy={save.isPending} isDirty={rules.keep_days !== stored.keep_days || rules.hold_after !== stored.hold_after} />
      </Form>
    </SettingsSection>
  )
}
