import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { http } from '@/api/client'
import { directoryQueries } from '@/features/tickets/agent/queries'
import { Button } from '@/ui/button'
import { ConfirmDialog, Dialog } from '@/ui/dialog'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Segmented } from '@/ui/segmented'
import { Select } from '@/ui/select'
import { toast, toastError } from '@/ui/toast'

import { filterOf, inboxQueries, type View } from './agent/queries'
import { strings } from './filter-strings'

interface ViewDialogProps {
  view: View | undefined
  search: URLSearchParams
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  onSaved: (id: string) => void
}

/** Keeps the list as it is filtered now under a name, or changes the view that is shown. */
export default function ViewDialog({ isOpen, onOpenChange, ...rest }: ViewDialogProps) {
  const say = useStrings(strings)
  const title = rest.view?.may_edit ? say.editView : say.saveView
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={title} size="sm">
      <ViewForm {...rest} onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

const TEXTS = new Set(['search', 'sort', 'order', 'date_from', 'date_to', 'tz'])

interface ViewFormProps extends Omit<ViewDialogProps, 'isOpen' | 'onOpenChange'> {
  onClose: () => void
}

function ViewForm({ view, search, onClose, onSaved }: ViewFormProps) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const own = view?.may_edit ? view : undefined
  const [name, setName] = useState(own?.name ?? '')
  const [sharing, setSharing] = useState<View['sharing']>(own?.sharing ?? 'personal')
  const [teamId, setTeamId] = useState<string | undefined>((own as { team_id?: string } | undefined)?.team_id)
  const [isLeaving, setLeaving] = useState(false)
  const { data: teams = [] } = useQuery(directoryQueries.teams())
  const filters = Object.fromEntries(
    Object.entries(filterOf(view, search)).map(([key, value]) => [key, TEXTS.has(key) || Array.isArray(value) ? value : [value]]),
  )
  const save = useMutation({
    mutationFn: () => {
      const body = { name, sharing, team_id: sharing === 'team' ? teamId : null, filters }
      return own
        ? http.put<{ view: View }>(`/inbox/views/${own.id}`, body)
        : http.post<{ view: View }>('/inbox/views', body)
    },
    onSuccess: ({ view: saved }) => {
      toast(say.saved, { tone: 'success' })
      void client.invalidateQueries({ queryKey: inboxQueries.all })
      onClose()
      onSaved(saved.id)
    },
  })
  const remove = (): void =>
    void http
      .delete(`/inbox/views/${own?.id ?? ''}`)
      .then(
        () => {
          toast(say.deleted, { tone: 'success' })
          onClose()
          onSaved('mine')
        },
        (error: unknown) => toastError(error, say.notSaved),
      )
      .finally(() => void client.invalidateQueries({ queryKey: inboxQueries.all }))
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <FormError error={save.error} fields={['name', 'team_id']} />
      <Field label={say.viewName} error={fieldError(save.error, 'name')}>
        <Input value={name} onChange={(event) => setName(event.target.value)} placeholder={say.viewNameHint} maxLength={80} />
      </Field>
      <Field label={say.shownTo}>
        <Segmented
          label={say.shownTo}
          value={sharing}
          onChange={setSharing}
          options={[
            { value: 'personal', label: say.personal },
            { value: 'team', label: say.teamOnly },
            { value: 'everyone', label: say.everyone },
          ]}
        />
      </Field>
      {sharing === 'team' && (
        <Field label={say.chooseTeam} error={fieldError(save.error, 'team_id')}>
          <Select value={teamId} onChange={setTeamId} options={teams.map((team) => ({ value: team.id, label: team.name }))} />
        </Field>
      )}
      <div className="flex justify-end gap-2">
        {own && (
          <Button variant="danger" className="mr-auto" onClick={() => setLeaving(true)}>
            {say.deleteView}
          </Button>
        )}
        <Button type="submit" variant="primary" isBusy={save.isPending} disabled={!name.trim()}>
          {say.save}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isLeaving}
        onOpenChange={setLeaving}
        title={say.deleteTitle}
        description={say.deleteHint}
        confirmLabel={say.deleteView}
        variant="danger"
        onConfirm={remove}
      />
    </form>
  )
}
