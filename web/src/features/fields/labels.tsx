import { useQuery } from '@tanstack/react-query'
import { GitMerge, Tag } from 'lucide-react'
import { useState } from 'react'

import {
  Button,
  ColorDot,
  ColorPicker,
  Dialog,
  EmptyState,
  ErrorState,
  Field,
  fieldError,
  Form,
  FormActions,
  FormError,
  Input,
  SearchInput,
  SettingsPage,
  SettingsSection,
  Table,
  Textarea,
  toast,
  toastError,
  useFormat,
  useStrings,
} from '@/ui'
import { Combobox } from '@/ui/combobox'
import { DeleteDialog, NewButton, RowMenu } from '@/ui/settings-list'

import { fieldQueries, useDeleteLabel, useMergeTag, useSaveLabel, type Label, type LabelKind } from './api'
import { strings } from './strings'

/** Administration of tags, or of categories, which differ in words only. */
export function LabelSettings({ kind }: { kind: LabelKind }) {
  const say = useStrings(strings)
  const format = useFormat()
  const labels = useQuery(fieldQueries.labels(kind))
  const usage = useQuery(fieldQueries.usage)
  const [edited, edit] = useState<Label | 'new' | null>(null)
  const [merged, merge] = useState<Label | null>(null)
  const [deleted, askDelete] = useState<Label | null>(null)
  const [words, setWords] = useState('')
  const remove = useDeleteLabel(kind)
  const isTags = kind === 'tags'
  const uses = (label: Label): number => usage.data?.[kind][label.id] ?? 0
  const shown = labels.data?.filter((label) => label.name.toLowerCase().includes(words.trim().toLowerCase()))

  return (
    <SettingsPage
      title={isTags ? say.tags : say.categories}
      description={isTags ? say.tagsHint : say.categoriesHint}
      actions={<NewButton label={isTags ? say.newTag : say.newCategory} onClick={() => edit('new')} />}
    >
      {(labels.data?.length ?? 0) > 8 && (
        <SearchInput label={say.search} value={words} onChange={setWords} className="max-w-sm" />
      )}
      <SettingsSection isFlush>
        {labels.error ? (
          <ErrorState error={labels.error} onRetry={() => void labels.refetch()} />
        ) : (
          <Table<Label>
            label={isTags ? say.tags : say.categories}
            rows={shown}
            rowKey={(label) => label.id}
            onOpen={edit}
            columns={[
              {
                id: 'name',
                header: say.name,
                cell: (label) => (
                  <span className="flex items-center gap-2.5 font-medium">
                    <ColorDot color={label.color} />
                    {label.name}
                  </span>
                ),
              },
              {
                id: 'description',
                header: say.description,
                className: 'max-md:hidden',
                cell: (label) => <span className="line-clamp-1 text-muted">{label.description}</span>,
              },
              {
                id: 'tickets',
                header: say.tickets,
                align: 'right',
                className: 'w-24',
                cell: (label) => <span className="tabular text-muted">{format.number(uses(label))}</span>,
              },
              {
                id: 'more',
                header: <span className="sr-only">{say.more}</span>,
                align: 'right',
                className: 'w-12',
                cell: (label) => (
                  <RowMenu
                    onEdit={() => edit(label)}
                    items={isTags ? [{ label: say.merge, icon: <GitMerge />, onSelect: () => merge(label) }] : []}
                    onDelete={() => askDelete(label)}
                  />
                ),
              },
            ]}
            empty={
              words ? (
                <EmptyState title={say.nothingFound} />
              ) : (
                <EmptyState icon={<Tag />} title={isTags ? say.noTags : say.noCategories}>
                  {isTags ? say.noTagsHint : say.noCategoriesHint}
                </EmptyState>
              )
            }
          />
        )}
      </SettingsSection>
      {edited && <LabelDialog kind={kind} label={edited === 'new' ? null : edited} onClose={() => edit(null)} />}
      {merged && <MergeDialog tag={merged} others={labels.data ?? []} onClose={() => merge(null)} />}
      <DeleteDialog
        item={deleted}
        title={({ name }) => say.deleteTitle(name)}
        hint={(label) => say.deleteHint(uses(label))}
        onDelete={({ id }) => remove.mutateAsync(id)}
        onClose={() => askDelete(null)}
      />
    </SettingsPage>
  )
}

function LabelDialog({ kind, label, onClose }: { kind: LabelKind; label: Label | null; onClose: () => void }) {
  const say = useStrings(strings)
  const save = useSaveLabel(kind)
  const [name, setName] = useState(label?.name ?? '')
  const [color, setColor] = useState(label?.color ?? 'blue')
  const [description, setDescription] = useState(label?.description ?? '')
  const isTags = kind === 'tags'
  const title = label ? (isTags ? say.editTag : say.editCategory) : isTags ? say.newTag : say.newCategory
  const submit = async (): Promise<void> => {
    await save.mutateAsync({ id: label?.id, name, color, description })
    toast(say.saved)
    onClose()
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={title}>
      <Form onSubmit={() => submit().catch(() => undefined)}>
        <FormError error={save.error} fields={['name']} />
        <Field label={say.name} isRequired error={fieldError(save.error, 'name')}>
          <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={80} autoFocus />
        </Field>
        <Field label={say.color}>
          <ColorPicker label={say.color} value={color} onChange={setColor} />
        </Field>
        <Field label={say.description} hint={say.descriptionHint} isOptional>
          <Textarea value={description} onChange={(event) => setDescription(event.target.value)} rows={2} maxLength={500} />
        </Field>
        <FormActions isBusy={save.isPending} isDirty={name.trim() !== ''} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}

function MergeDialog({ tag, others, onClose }: { tag: Label; others: Label[]; onClose: () => void }) {
  const say = useStrings(strings)
  const merge = useMergeTag()
  const [into, setInto] = useState<string | null>(null)
  const options = others
    .filter((other) => other.id !== tag.id)
    .map((other) => ({ value: other.id, label: other.name, icon: <ColorDot color={other.color} /> }))
  const submit = (): void =>
    merge.mutate(
      { id: tag.id, into: into ?? '' },
      {
        onSuccess: (answer) => {
          toast((answer as { message: string }).message)
          onClose()
        },
        onError: (error) => toastError(error),
      },
    )
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      size="sm"
      title={say.mergeTitle(tag.name)}
      description={say.mergeHint}
      footer={
        <Button variant="danger" disabled={!into} isBusy={merge.isPending} onClick={submit}>
          {say.mergeNow}
        </Button>
      }
    >
      <Field label={say.mergeInto}>
        <Combobox options={options} value={into} onChange={setInto} />
      </Field>
    </Dialog>
  )
}
