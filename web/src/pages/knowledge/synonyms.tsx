import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { useChangeSynonyms, knowledgeQueries, type SynonymGroup } from '@/features/knowledge/api'
import { strings } from '@/features/knowledge/strings'
import { Badge } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { Switch } from '@/ui/choice'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form, FormActions, SettingsSection } from '@/ui/page'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'

/** Words that find each other's articles: the desk's own, and those that come with Deskwell. */
export default function SynonymsPage() {
  const say = useStrings(strings)
  const { data, error, refetch } = useQuery(knowledgeQueries.synonyms())
  const [edited, edit] = useState<SynonymGroup | 'new' | null>(null)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows />
  const own = data.filter((group) => !group.is_built_in)
  return (
    <div className="space-y-6">
      <SettingsSection
        title={say.ownSynonyms}
        description={say.ownSynonymsHint}
        isFlush
        actions={
          edited !== 'new' && (
            <Button size="sm" icon={<Plus />} onClick={() => edit('new')}>
              {say.addSynonyms}
            </Button>
          )
        }
      >
        {edited === 'new' && <GroupForm group={null} onClose={() => edit(null)} />}
        {own.length === 0 && edited !== 'new' && <EmptyState title={say.noSynonyms} className="py-8" />}
        <ul className="divide-y divide-line">
          {own.map((group) => (
            <li key={group.id}>
              {edited !== 'new' && edited?.id === group.id ? (
                <GroupForm group={group} onClose={() => edit(null)} />
              ) : (
                <OwnGroup group={group} onEdit={() => edit(group)} />
              )}
            </li>
          ))}
        </ul>
      </SettingsSection>
      <SettingsSection title={say.builtInSynonyms} description={say.builtInSynonymsHint} isFlush>
        <ul className="divide-y divide-line">
          {data
            .filter((group) => group.is_built_in)
            .map((group) => (
              <BuiltInGroup key={group.words.join()} group={group} />
            ))}
        </ul>
      </SettingsSection>
    </div>
  )
}

function Words({ words }: { words: string[] }) {
  return (
    <span className="flex min-w-0 flex-1 flex-wrap gap-1.5">
      {words.map((word) => (
        <Badge key={word}>{word}</Badge>
      ))}
    </span>
  )
}

function OwnGroup({ group, onEdit }: { group: SynonymGroup; onEdit: () => void }) {
  const say = useStrings(strings)
  const change = useChangeSynonyms()
  const name = group.words.join(', ')
  return (
    <div className="flex items-center gap-2 px-5 py-2.5">
      <Words words={group.words} />
      <IconButton size="sm" label={say.changeSynonyms(name)} icon={<Pencil />} onClick={onEdit} />
      <IconButton
        size="sm"
        label={say.deleteSynonyms(name)}
        icon={<Trash2 />}
        disabled={change.isPending}
        onClick={() => change.mutate({ verb: 'delete', id: group.id ?? '' })}
      />
    </div>
  )
}

function BuiltInGroup({ group }: { group: SynonymGroup }) {
  const say = useStrings(strings)
  const change = useChangeSynonyms()
  return (
    <li className="flex items-center gap-3 px-5 py-2">
      <Words words={group.words} />
      <Switch
        checked={group.is_active}
        disabled={change.isPending}
        aria-label={say.synonymsInUse(group.words.join(', '))}
        onChange={(is_active) => change.mutate({ verb: 'switch', words: group.words, is_active })}
      />
    </li>
  )
}

function GroupForm({ group, onClose }: { group: SynonymGroup | null; onClose: () => void }) {
  const say = useStrings(strings)
  const [text, write] = useState(group?.words.join(', ') ?? '')
  const change = useChangeSynonyms()
  const save = (): void => {
    const words = text.split(/[,;\n]/).filter((word) => word.trim())
    const request = group?.id ? ({ verb: 'change', id: group.id, words } as const) : ({ verb: 'add', words } as const)
    change.mutate(request, { onSuccess: onClose })
  }
  return (
    <div className="px-5 py-4">
      <Form onSubmit={save}>
        <FormError error={change.error} fields={['words']} />
        <Field label={say.synonymWords} hint={say.synonymWordsHint} isRequired error={fieldError(change.error, 'words')}>
          <Input autoFocus value={text} maxLength={1500} onChange={(event) => write(event.target.value)} />
        </Field>
        <FormActions isBusy={change.isPending} isDirty={text.trim() !== ''} onCancel={onClose} />
      </Form>
    </div>
  )
}
