import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { FilePen, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { deleteTemplate, emailQueries, type Template } from '@/features/email/api'
import { strings } from '@/features/email/strings'
import { TemplateEditor } from '@/features/email/template-editor'
import { Badge, Button, ConfirmDialog, Dialog, EmptyState, ErrorState, IconButton, SettingsPage, SettingsSection, SkeletonRows, toast, useStrings } from '@/ui'

/** What the desk writes by itself, and texts for own mails. */
export default function EmailTemplatesPage() {
  const say = useStrings(strings)
  const { data, isPending, error, refetch } = useQuery(emailQueries.templates())
  const [edited, edit] = useState<Template | 'new' | null>(null)
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => edit('new')}>
      {say.addTemplate}
    </Button>
  )
  return (
    <SettingsPage title={say.templates} description={say.templatesAbout} actions={add}>
      <SettingsSection isFlush>
        {isPending && <SkeletonRows rows={4} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data?.templates.length === 0 && <EmptyState icon={<FilePen />} title={say.templates} action={add} />}
        <ul>
          {data?.templates.map((template) => (
            <TemplateRow key={template.id} template={template} onEdit={() => edit(template)} />
          ))}
        </ul>
      </SettingsSection>
      <Dialog
        size="xl"
        title={edited === 'new' ? say.addTemplate : edited ? say.editTemplate(edited.name) : say.templates}
        isOpen={edited !== null}
        onOpenChange={(isOpen) => !isOpen && edit(null)}
      >
        {edited && <TemplateEditor template={edited === 'new' ? null : edited} placeholders={data?.placeholders ?? []} onDone={() => edit(null)} />}
      </Dialog>
    </SettingsPage>
  )
}

function TemplateRow({ template, onEdit }: { template: Template; onEdit: () => void }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [isDeleting, setDeleting] = useState(false)
  const remove = useMutation({
    mutationFn: () => deleteTemplate(template.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: emailQueries.all })
      toast(say.templateDeleted, { tone: 'success' })
    },
  })
  return (
    <li className="flex items-center gap-3 border-b border-line px-5 py-3.5 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="truncate font-medium">{template.name}</span>
          <Badge tone={template.template_type === 'custom' ? 'neutral' : 'accent'}>{say.types[template.template_type]}</Badge>
          {!template.is_active && <Badge>{say.off}</Badge>}
        </p>
        <p className="truncate text-sm text-muted">
          {template.subject} · {say.receivers[template.template_type]}
        </p>
      </div>
      <IconButton label={say.editTemplate(template.name)} icon={<Pencil />} onClick={onEdit} />
      <IconButton label={say.deleteTemplate(template.name)} icon={<Trash2 />} onClick={() => setDeleting(true)} />
      <ConfirmDialog
        isOpen={isDeleting}
        onOpenChange={setDeleting}
        title={say.deleteTemplate(template.name)}
        description={say.deleteTemplateHint}
        confirmLabel={say.remove}
        onConfirm={() => remove.mutateAsync()}
      />
    </li>
  )
}
