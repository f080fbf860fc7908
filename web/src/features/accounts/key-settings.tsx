import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'

import {
  Badge,
  Button,
  Checkbox,
  Dialog,
  Field,
  fieldError,
  Form,
  FormActions,
  FormError,
  Input,
  RelativeTime,
  SettingsPage,
  SettingsSection,
  useFormat,
  useNow,
  useStrings,
} from '@/ui'
import { DeleteDialog, Listed, NewButton } from '@/ui/settings-list'

import { CopyField } from './copy-field'
import { peopleQueries, useMakeKey, useRevokeKey, type ApiKey } from './people-api'
import { strings } from './people-strings'

export function KeySettings() {
  const say = useStrings(strings)
  const keys = useQuery(peopleQueries.keys)
  const revoke = useRevokeKey()
  const [isMaking, make] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const [revoked, askRevoke] = useState<ApiKey | null>(null)
  return (
    <SettingsPage
      title={say.keys}
      description={say.keysHint}
      actions={<NewButton label={say.newKey} onClick={() => make(true)} />}
    >
      <SettingsSection isFlush>
        <Listed query={keys} skeletons={2} empty={{ icon: <KeyRound />, title: say.noKeys, hint: say.noKeysHint }}>
          {(rows) => (
          <ul className="divide-y divide-line">
            {rows.map((key) => (
              <KeyRow key={key.id} apiKey={key} onRevoke={() => askRevoke(key)} />
            ))}
          </ul>
          )}
        </Listed>
      </SettingsSection>
      <Examples />
      {isMaking && (
        <KeyDialog
          onClose={() => make(false)}
          onMade={(key) => {
            make(false)
            setMade(key)
          }}
        />
      )}
      <Dialog
        isOpen={made !== null}
        onOpenChange={() => setMade(null)}
        title={say.keyMade}
        description={say.keyMadeHint}
        footer={
          <Button variant="primary" onClick={() => setMade(null)}>
            {say.done}
          </Button>
        }
      >
        {made && <CopyField value={made} label={say.keys} />}
      </Dialog>
      <DeleteDialog
        item={revoked}
        title={({ name }) => say.revokeTitle(name)}
        hint={say.revokeHint}
        confirmLabel={say.revoke}
        onDelete={({ id }) => revoke.mutateAsync(id)}
        onClose={() => askRevoke(null)}
      />
    </SettingsPage>
  )
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const say = useStrings(strings)
  const format = useFormat()
  const now = useNow()
  const isExpired = apiKey.expires_at !== null && Date.parse(apiKey.expires_at) < now
  const isDead = apiKey.revoked_at !== null || isExpired
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3">
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className={isDead ? 'font-medium text-muted line-through' : 'font-medium'}>{apiKey.name}</span>
          <code className="font-mono text-xs text-faint">{apiKey.prefix}…</code>
          {apiKey.revoked_at ? (
            <Badge tone="red">{say.revoked}</Badge>
          ) : isExpired ? (
            <Badge tone="amber">{say.expired}</Badge>
          ) : (
            apiKey.expires_at && (
              <Badge>
                {say.expires} {format.day(apiKey.expires_at)}
              </Badge>
            )
          )}
        </p>
        <p className="mt-1 flex flex-wrap gap-1">
          {apiKey.scopes.map((scope) => (
            <Badge key={scope} tone="blue">
              {scope}
            </Badge>
          ))}
        </p>
      </div>
      <p className="text-sm text-muted">
        {say.lastUsed}: {apiKey.last_used_at ? <RelativeTime at={apiKey.last_used_at} /> : say.never}
        <span className="block text-xs text-faint">{say.by(apiKey.owner_name)}</span>
      </p>
      {!isDead && (
        <Button size="sm" variant="quiet-danger" onClick={onRevoke}>
          {say.revoke}
        </Button>
      )}
    </li>
  )
}

interface KeyDialogProps {
  onClose: () => void
  onMade: (key: string) => void
}

function KeyDialog({ onClose, onMade }: KeyDialogProps) {
  const say = useStrings(strings)
  const make = useMakeKey()
  const { data } = useQuery(peopleQueries.roles)
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>(['tickets.read', 'tickets.reply'])
  const [expires, setExpires] = useState('')
  const submit = (): void =>
    make.mutate(
      { name, scopes, expires_at: expires ? new Date(`${expires}T23:59:59`).toISOString() : null },
      { onSuccess: (answer) => onMade(answer.key) },
    )
  return (
    <Dialog isOpen onOpenChange={onClose} size="lg" title={say.newKey} description={say.keysHint}>
      <Form onSubmit={submit}>
        <FormError error={make.error} fields={['name', 'scopes', 'expires_at']} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={say.keyName} isRequired error={fieldError(make.error, 'name')}>
            <Input
              value={name}
              autoFocus
              maxLength={80}
              placeholder={say.keyNamePlaceholder}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <Field label={say.expires} hint={say.expiresHint} error={fieldError(make.error, 'expires_at')}>
            <Input type="date" value={expires} onChange={(event) => setExpires(event.target.value)} />
          </Field>
        </div>
        <fieldset>
          <legend className="text-sm font-medium">{say.scopes}</legend>
          <p className="mb-2 text-sm text-muted">{say.scopesHint}</p>
          <div className="grid max-h-64 gap-2.5 overflow-y-auto rounded-md border border-line p-3 sm:grid-cols-2">
            {data?.permissions.map((permission) => (
              <Checkbox
                key={permission.key}
                label={say.labels[permission.key] ?? permission.label}
                checked={scopes.includes(permission.key)}
                onChange={(isChosen) =>
                  setScopes(
                    isChosen ? [...scopes, permission.key] : scopes.filter((scope) => scope !== permission.key),
                  )
                }
              />
            ))}
          </div>
        </fieldset>
        <FormActions
          isBusy={make.isPending}
          isDirty={name.trim() !== '' && scopes.length > 0}
          submitLabel={say.makeKey}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  )
}

function Examples() {
  const say = useStrings(strings)
  const base = window.location.origin
  const auth = `  -H "Authorization: Bearer $DESKWELL_KEY"`
  const json = `  -H "Content-Type: application/json"`
  const examples: [string, string][] = [
    [
      say.exampleOpen,
      `TICKET=$(curl -s -X POST ${base}/ticket \\\n${auth} \\\n${json} \\\n  -d '{"context": "Shop", "subject": "Order 4711", "message": "It has not arrived.",\n       "requester": {"email": "kim@example.com", "name": "Kim Larsen"}}' \\\n  | sed 's/.*"ticket_id":"\\([^"]*\\)".*/\\1/'); echo $TICKET`,
    ],
    [say.exampleList, `curl "${base}/admin/tickets?priority=urgent&status=open" \\\n${auth}`],
    [
      say.exampleTag,
      `curl -X POST ${base}/admin/actions/run \\\n${auth} \\\n${json} \\\n  -d '{"ticket_ids": ["'$TICKET'"],\n       "actions": [{"type": "note", "body": "Sent again."}, {"type": "close"}]}'`,
    ],
  ]
  return (
    <SettingsSection title={say.examples} description={say.examplesHint}>
      {examples.map(([title, code]) => (
        <figure key={title}>
          <figcaption className="mb-1.5 text-sm font-medium">{title}</figcaption>
          <pre className="overflow-x-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-relaxed text-muted">
            {code}
          </pre>
        </figure>
      ))}
    </SettingsSection>
  )
}
