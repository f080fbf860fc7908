import { useQuery } from '@tanstack/react-query'
import { MessageSquareText } from 'lucide-react'
import { useDeferredValue, useState } from 'react'

import { TextWithPlaceholders } from '@/features/actions/text-with-placeholders'
import { useDirectory } from '@/features/actions/directory'
import {
  Card,
  EmptyState,
  ErrorState,
  Field,
  fieldError,
  Form,
  FormActions,
  FormError,
  Input,
  Kbd,
  SearchInput,
  SettingsPage,
  SettingsSection,
  Sheet,
  SkeletonRows,
  toast,
  useStrings,
} from '@/ui'
import { DeleteDialog, NewButton, RowMenu } from '@/ui/settings-list'

import { macroQueries, useDeleteCanned, useSaveCanned, type Canned, type CannedWrite } from './api'
import { strings } from './strings'
import { VisibilityBadge, VisibilityField } from './visibility'

export function CannedSettings() {
  const say = useStrings(strings)
  const [words, setWords] = useState('')
  const found = useQuery(macroQueries.canned(useDeferredValue(words)))
  const remove = useDeleteCanned()
  const [edited, edit] = useState<Canned | 'new' | null>(null)
  const [deleted, askDelete] = useState<Canned | null>(null)
  const all = found.data?.canned_responses ?? []
  const folders = [...new Set(all.map((canned) => canned.folder))]
  return (
    <SettingsPage
      title={say.canned}
      description={say.cannedHint}
      actions={<NewButton label={say.newCanned} onClick={() => edit('new')} />}
    >
      <SearchInput label={say.search} value={words} onChange={setWords} className="max-w-md" />
      {found.error ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Card>
          <SkeletonRows rows={4} />
        </Card>
      ) : all.length === 0 ? (
        <Card>
          {words ? (
            <EmptyState title={say.nothingFound} />
          ) : (
            <EmptyState icon={<MessageSquareText />} title={say.noCanned}>
              {say.noCannedHint}
            </EmptyState>
          )}
        </Card>
      ) : (
        folders.map((folder) => (
          <SettingsSection key={folder} title={folder || say.noFolder} isFlush>
            <ul className="divide-y divide-line">
              {all
                .filter((canned) => canned.folder === folder)
                .map((canned) => (
                  <li key={canned.id} className="flex items-center gap-3 py-2.5 pr-3 pl-5">
                    <button
                      type="button"
                      disabled={!canned.is_editable}
                      onClick={() => edit(canned)}
                      className="min-w-0 flex-1 text-left"
                    >
                      <span className="flex items-center gap-2">
                        <span className="truncate font-medium">{canned.title}</span>
                        {canned.shortcut && <code className="font-mono text-xs text-accent-text">/{canned.shortcut}</code>}
                      </span>
                      <span className="mt-0.5 line-clamp-1 text-sm text-muted">{canned.body}</span>
                    </button>
                    <span className="text-xs whitespace-nowrap text-faint max-sm:hidden">{say.uses(canned.uses)}</span>
                    <span className="max-sm:hidden">
                      <VisibilityBadge visibility={canned.visibility} team_id={canned.team_id} />
                    </span>
                    {canned.is_editable && (
                      <RowMenu onEdit={() => edit(canned)} onDelete={() => askDelete(canned)} />
                    )}
                  </li>
                ))}
            </ul>
          </SettingsSection>
        ))
      )}
      {edited && (
        <CannedSheet
          canned={edited === 'new' ? null : edited}
          folders={found.data?.folders ?? []}
          onClose={() => edit(null)}
        />
      )}
      <DeleteDialog
        item={deleted}
        title={({ title }) => say.deleteTitle(title)}
        hint={say.deleteHint}
        onDelete={({ id }) => remove.mutateAsync(id)}
        onClose={() => askDelete(null)}
      />
    </SettingsPage>
  )
}

const FRESH: CannedWrite = { title: '', shortcut: '', folder: '', body: '', visibility: 'personal', team_id: null }

interface CannedSheetProps {
  canned: Canned | null
  folders: string[]
  onClose: () => void
}

function CannedSheet({ canned, folders, onClose }: CannedSheetProps) {
  const say = useStrings(strings)
  const save = useSaveCanned()
  const { placeholders } = useDirectory()
  const [draft, setDraft] = useState<CannedWrite>(canned ?? FRESH)
  const set = (part: Partial<CannedWrite>): void => setDraft((before) => ({ ...before, ...part }))
  const body = useDeferredValue(draft.body)
  const preview = useQuery({ ...macroQueries.preview(body), enabled: body.trim() !== '' })
  const submit = async (): Promise<void> => {
    const { title, shortcut, folder, body: text, visibility, team_id } = draft
    await save.mutateAsync({ id: canned?.id, title, shortcut, folder, body: text, visibility, team_id })
    toast(say.saved)
    onClose()
  }
  return (
    <Sheet isOpen onOpenChange={onClose} title={canned ? say.editCanned : say.newCanned} width="lg">
      <Form onSubmit={() => submit().catch(() => undefined)}>
        <FormError error={save.error} fields={['title', 'shortcut', 'body', 'team_id']} />
        <Field label={say.title} isRequired error={fieldError(save.error, 'title')}>
          <Input value={draft.title} maxLength={120} autoFocus onChange={(event) => set({ title: event.target.value })} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={say.shortcut} hint={say.shortcutHint} isOptional error={fieldError(save.error, 'shortcut')}>
            <Input
              lead={<Kbd keys="/" />}
              value={draft.shortcut}
              maxLength={40}
              onChange={(event) => set({ shortcut: event.target.value.toLowerCase().replace(/[^a-z0-9_-]/g, '') })}
            />
          </Field>
          <Field label={say.folder} isOptional>
            <Input
              value={draft.folder}
              list="canned-folders"
              maxLength={80}
              onChange={(event) => set({ folder: event.target.value })}
            />
            <datalist id="canned-folders">
              {folders.map((folder) => (
                <option key={folder} value={folder}>
                  {folder}
                </option>
              ))}
            </datalist>
          </Field>
        </div>
        <Field label={say.text} isRequired error={fieldError(save.error, 'body')}>
          <TextWithPlaceholders
            label={say.text}
            rows={6}
            value={draft.body}
            placeholders={placeholders}
            onChange={(text) => set({ body: text })}
          />
        </Field>
        {draft.body.trim() && preview.data && (
          <section aria-label={say.preview} className="rounded-md border border-line bg-sunken p-3">
            <p className="mb-1 text-xs text-faint">
              {say.preview} · {say.previewHint}
            </p>
            <p className="text-sm whitespace-pre-wrap">{preview.data.text}</p>
          </section>
        )}
        <VisibilityField value={draft} onChange={set} />
        <FormActions
          isBusy={save.isPending}
          isDirty={draft.title.trim() !== '' && draft.body.trim() !== ''}
          onCancel={onClose}
        />
      </Form>
    </Sheet>
  )
}
