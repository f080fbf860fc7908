import { useQuery } from '@tanstack/react-query'
import { Archive, ArchiveRestore, TextCursorInput } from 'lucide-react'
import { useState } from 'react'

import {
  Badge,
  Button,
  SettingsPage,
  SettingsSection,
  toastError,
  useStrings,
} from '@/ui'
import { Listed, NewButton, RowMenu } from '@/ui/settings-list'
import { Sortable } from '@/ui/sortable'

import { fieldQueries, useArchiveField, useOrderFields, type CustomField } from './api'
import { FieldSheet } from './field-sheet'
import { strings } from './strings'

const isActive = (field: CustomField): boolean => !field.archived_at

export function CustomFieldSettings() {
  const say = useStrings(strings)
  const fields = useQuery(fieldQueries.customFields)
  const order = useOrderFields()
  const archive = useArchiveField()
  const [edited, edit] = useState<CustomField | 'new' | null>(null)
  const active = fields.data?.filter(isActive) ?? []
  const archived = fields.data?.filter((field) => field.archived_at) ?? []
  const setArchived = (field: CustomField, isArchived: boolean): void =>
    archive.mutate({ id: field.id, isArchived }, { onError: (error) => toastError(error) })

  return (
    <SettingsPage
      title={say.customFields}
      description={say.customFieldsHint}
      actions={<NewButton label={say.newField} onClick={() => edit('new')} />}
    >
      <SettingsSection isFlush>
        <Listed
          query={fields}
          only={isActive}
          skeletons={4}
          empty={{ icon: <TextCursorInput />, title: say.noFields, hint: say.noFieldsHint }}
        >
          {(rows) => (
          <Sortable
            rows={rows}
            rowKey={(field) => field.id}
            rowName={(field) => field.label}
            onOrder={(ids) => order.mutate(ids, { onError: (error) => toastError(error) })}
          >
            {(field) => (
              <Row field={field} onEdit={() => edit(field)}>
                <RowMenu
                  onEdit={() => edit(field)}
                  items={[{ label: say.archive, icon: <Archive />, onSelect: () => setArchived(field, true) }]}
                />
              </Row>
            )}
          </Sortable>
          )}
        </Listed>
      </SettingsSection>
      {archived.length > 0 && (
        <SettingsSection title={say.archived} description={say.archivedHint} isFlush>
          {archived.map((field) => (
            <div key={field.id} className="border-b border-line pl-4 last:border-0">
              <Row field={field}>
                <Button size="sm" icon={<ArchiveRestore />} onClick={() => setArchived(field, false)}>
                  {say.restore}
                </Button>
              </Row>
            </div>
          ))}
        </SettingsSection>
      )}
      {edited && (
        <FieldSheet field={edited === 'new' ? null : edited} others={active} onClose={() => edit(null)} />
      )}
    </SettingsPage>
  )
}

interface RowProps {
  field: CustomField
  onEdit?: () => void
  children: React.ReactNode
}

function Row({ field, onEdit, children }: RowProps) {
  const say = useStrings(strings)
  const words = (
    <>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{field.label}</span>
        <code className="font-mono text-xs text-faint">{field.key}</code>
      </span>
      <span className="mt-0.5 block text-sm text-muted">{say.types[field.kind]}</span>
    </>
  )
  return (
    <div className="flex items-center gap-3 py-2.5 pr-3">
      {onEdit ? (
        <button type="button" onClick={onEdit} className="min-w-0 flex-1 text-left">
          {words}
        </button>
      ) : (
        <div className="min-w-0 flex-1">{words}</div>
      )}
      <span className="flex flex-wrap justify-end gap-1.5 max-sm:hidden">
        <Badge>{say.subjects[field.subject]}</Badge>
        {field.required !== 'never' && <Badge tone="amber">{say.required}</Badge>}
        {field.shown_when && <Badge tone="violet">{say.conditional}</Badge>}
        {field.customer_access !== 'hidden' && (
          <Badge tone="blue">{`${say.access} ${say.accesses[field.customer_access]}`}</Badge>
        )}
      </span>
      {children}
    </div>
  )
}
