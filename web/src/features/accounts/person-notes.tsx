import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Form, FormError, RelativeTime, SettingsSection, Textarea, useStrings } from '@/ui'

import { peopleQueries, useAddNote } from './people-api'
import { strings } from './people-strings'

interface PersonNotesProps {
  of: 'customers' | 'companies'
  id: string
}

/** What staff noted about a customer or company. */
export function PersonNotes({ of, id }: PersonNotesProps) {
  const say = useStrings(strings)
  const { data: notes = [] } = useQuery(peopleQueries.notes(of, id))
  const add = useAddNote(of, id)
  const [text, setText] = useState('')
  return (
    <SettingsSection title={say.notes}>
      <Form onSubmit={() => add.mutate(text, { onSuccess: () => setText('') })}>
        <FormError error={add.error} />
        <Textarea
          aria-label={say.addNote}
          rows={2}
          value={text}
          placeholder={say.notePlaceholder}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex justify-end">
          <Button type="submit" size="sm" disabled={text.trim() === ''} isBusy={add.isPending}>
            {say.addNote}
          </Button>
        </div>
      </Form>
      {notes.length === 0 && <p className="text-sm text-muted">{say.noNotes}</p>}
      <ul className="space-y-3">
        {notes.map((note) => (
          <li key={note.id} className="rounded-md bg-amber-soft px-3 py-2 text-sm">
            <p className="whitespace-pre-wrap">{note.body}</p>
            <p className="mt-1 text-xs text-muted">
              {note.author_name} · <RelativeTime at={note.created_at} />
            </p>
          </li>
        ))}
      </ul>
    </SettingsSection>
  )
}
