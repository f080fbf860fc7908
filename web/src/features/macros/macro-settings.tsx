import { useQuery } from '@tanstack/react-query'
import { Zap } from 'lucide-react'
import { useState } from 'react'

import { ApiError } from '@/api/client'
import { ActionList, ACTION_ICONS } from '@/features/actions/action-list'
import {
  Badge,
  Field,
  fieldError,
  Form,
  FormActions,
  FormError,
  Input,
  SettingsPage,
  SettingsSection,
  Sheet,
  Switch,
  Textarea,
  toast,
  toastError,
  useStrings,
} from '@/ui'
import { DeleteDialog, Listed, NewButton, RowMenu } from '@/ui/settings-list'
import { Sortable } from '@/ui/sortable'

import { macroQueries, useDeleteMacro, useOrderMacros, useSaveMacro, type Macro, type MacroWrite } from './api'
import { strings } from './strings'
import { VisibilityBadge, VisibilityField } from './visibility'

export function MacroSettings() {
  const say = useStrings(strings)
  const macros = useQuery(macroQueries.list)
  const order = useOrderMacros()
  const remove = useDeleteMacro()
  const [edited, edit] = useState<Macro | 'new' | null>(null)
  const [deleted, askDelete] = useState<Macro | null>(null)
  return (
    <SettingsPage
      title={say.macros}
      description={say.macrosHint}
      actions={<NewButton label={say.newMacro} onClick={() => edit('new')} />}
    >
      <SettingsSection isFlush>
        <Listed query={macros} empty={{ icon: <Zap />, title: say.noMacros, hint: say.noMacrosHint }}>
          {(rows) => (
          <Sortable
            rows={rows}
            rowKey={(macro) => macro.id}
            rowName={(macro) => macro.name}
            onOrder={(ids) => order.mutate(ids, { onError: (error) => toastError(error) })}
          >
            {(macro) => (
              <div className="flex items-center gap-3 py-2.5 pr-3">
                <button
                  type="button"
                  disabled={!macro.is_editable}
                  onClick={() => edit(macro)}
                  className="min-w-0 flex-1 text-left"
                >
                  <span className="flex flex-wrap items-center gap-2">
                    <span className="font-medium">{macro.name}</span>
                    {!macro.is_active && <Badge>{say.off}</Badge>}
                  </span>
                  <span className="mt-1 flex items-center gap-1.5 text-sm text-muted">
                    {macro.actions.map((action, index) => (
                      // oxlint-disable-next-line react/no-array-index-key
                      <span key={index} aria-hidden className="[&_svg]:size-3.5">
                        {ACTION_ICONS[action.type]}
                      </span>
                    ))}
                    <span className="ml-1 truncate">{macro.description || say.actionCount(macro.actions.length)}</span>
                  </span>
                </button>
                <span className="text-xs text-faint max-sm:hidden">{say.uses(macro.uses)}</span>
                <VisibilityBadge visibility={macro.visibility} team_id={macro.team_id} />
                {macro.is_editable && (
                  <RowMenu onEdit={() => edit(macro)} onDelete={() => askDelete(macro)} />
                )}
              </div>
            )}
          </Sortable>
          )}
        </Listed>
      </SettingsSection>
      {edited && <MacroSheet macro={edited === 'new' ? null : edited} onClose={() => edit(null)} />}
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

const FRESH: MacroWrite = { name: '', description: '', actions: [], is_active: true, visibility: 'personal', team_id: null }

function MacroSheet({ macro, onClose }: { macro: Macro | null; onClose: () => void }) {
  const say = useStrings(strings)
  const save = useSaveMacro()
  const [draft, setDraft] = useState<MacroWrite>(macro ?? FRESH)
  const set = (part: Partial<MacroWrite>): void => setDraft((before) => ({ ...before, ...part }))
  const errors = save.error instanceof ApiError ? save.error.errors : []
  const submit = async (): Promise<void> => {
    const { name, description, actions, is_active, visibility, team_id } = draft
    await save.mutateAsync({ id: macro?.id, name, description, actions, is_active, visibility, team_id })
    toast(say.saved)
    onClose()
  }
  return (
    <Sheet isOpen onOpenChange={onClose} title={macro ? say.editMacro : say.newMacro} width="lg">
      <Form onSubmit={() => submit().catch(() => undefined)}>
        <FormError error={save.error} fields={['name', 'team_id']} />
        <Field label={say.name} isRequired error={fieldError(save.error, 'name')}>
          <Input value={draft.name} maxLength={120} autoFocus onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field label={say.description} isOptional>
          <Textarea rows={1} value={draft.description} onChange={(event) => set({ description: event.target.value })} />
        </Field>
        <VisibilityField value={draft} onChange={set} />
        <fieldset>
          <legend className="text-sm font-medium">{say.actions}</legend>
          <p className="mb-2 text-sm text-muted">{say.actionsHint}</p>
          <ActionList
            actions={draft.actions}
            onChange={(actions) => set({ actions })}
            errorAt={(index) =>
              errors.find((error) => error.field === `actions.${index}` || error.field.startsWith(`actions.${index}.`))?.message
            }
          />
        </fieldset>
        <Switch label={say.isOn} checked={draft.is_active} onChange={(is_active) => set({ is_active })} />
        <FormActions
          isBusy={save.isPending}
          isDirty={draft.name.trim() !== '' && draft.actions.length > 0}
          onCancel={onClose}
        />
      </Form>
    </Sheet>
  )
}
