import { useQuery } from '@tanstack/react-query'
import { Link2, MoreHorizontal, ShieldCheck, UserPlus, UserRoundCog, UserRoundX, UsersRound } from 'lucide-react'
import { useDeferredValue, useState } from 'react'

import {
  Avatar,
  Badge,
  Button,
  ConfirmDialog,
  Dialog,
  EmptyState,
  ErrorState,
  Field,
  fieldError,
  Form,
  FormActions,
  FormError,
  IconButton,
  Input,
  Menu,
  Pagination,
  RelativeTime,
  SearchInput,
  Segmented,
  Select,
  SettingsPage,
  SettingsSection,
  Table,
  toast,
  toastError,
  useStrings,
} from '@/ui'

import { CopyField } from './copy-field'
import {
  peopleQueries,
  useInvite,
  useRenewInvitation,
  useSetActive,
  useSetRole,
  type Person,
  type StaffFilter,
} from './people-api'
import { strings } from './people-strings'
import { useUser } from './session'

export function PeopleSettings({ teams }: { teams: readonly { id: string; name: string }[] }) {
  const say = useStrings(strings)
  const me = useUser()
  const [filter, setFilter] = useState<StaffFilter>({ search: '', role: 'all', page: 1 })
  const people = useQuery(peopleQueries.staff(useDeferredValue(filter)))
  const [isInviting, invite] = useState(false)
  const [roleOf, changeRole] = useState<Person | null>(null)
  const [leaving, askLeave] = useState<Person | null>(null)
  const [link, showLink] = useState<string | null>(null)
  const renew = useRenewInvitation()
  const setActive = useSetActive()
  const teamNames = (person: Person): string =>
    person.team_ids.map((id) => teams.find((team) => team.id === id)?.name).filter(Boolean).join(', ')

  return (
    <SettingsPage
      isWide
      title={say.people}
      description={say.peopleHint}
      actions={
        <Button variant="primary" icon={<UserPlus />} onClick={() => invite(true)}>
          {say.invite}
        </Button>
      }
    >
      <div className="flex flex-wrap gap-3">
        <SearchInput
          label={say.search}
          value={filter.search}
          onChange={(search) => setFilter({ ...filter, search, page: 1 })}
          className="w-full max-w-sm"
        />
        <Segmented
          label={say.role}
          value={filter.role}
          onChange={(role) => setFilter({ ...filter, role, page: 1 })}
          options={[
            { value: 'all', label: say.all },
            { value: 'admin', label: say.admins },
            { value: 'agent', label: say.agents },
          ]}
        />
      </div>
      <SettingsSection isFlush>
        {people.error ? (
          <ErrorState error={people.error} onRetry={() => void people.refetch()} />
        ) : (
          <Table<Person>
            label={say.people}
            rows={people.data?.users}
            rowKey={(person) => person.id}
            empty={<EmptyState icon={<UsersRound />} title={say.nobody} />}
            columns={[
              {
                id: 'name',
                header: say.name,
                cell: (person) => (
                  <span className="flex items-center gap-3">
                    <Avatar name={person.name} />
                    <span className="min-w-0">
                      <span className="flex flex-wrap items-center gap-1.5 font-medium">
                        {person.name}
                        {person.is_invited && <Badge tone="blue">{say.invited}</Badge>}
                        {!person.is_active && <Badge tone="red">{say.inactive}</Badge>}
                        {person.has_totp && (
                          <Badge tone="green" icon={<ShieldCheck />}>
                            {say.twoFactor}
                          </Badge>
                        )}
                      </span>
                      <span className="block truncate text-muted">{person.email}</span>
                    </span>
                  </span>
                ),
              },
              {
                id: 'role',
                header: say.role,
                className: 'max-sm:hidden',
                cell: (person) => (
                  <Badge tone={person.role === 'admin' ? 'accent' : 'neutral'}>
                    {person.role === 'admin' ? say.admin : (person.role_name ?? say.agent)}
                  </Badge>
                ),
              },
              {
                id: 'teams',
                header: say.teams,
                className: 'max-lg:hidden',
                cell: (person) => <span className="text-muted">{teamNames(person) || '—'}</span>,
              },
              {
                id: 'seen',
                header: say.lastSeen,
                className: 'max-md:hidden whitespace-nowrap',
                cell: (person) => (
                  <span className="text-muted">
                    {person.last_seen_at ? <RelativeTime at={person.last_seen_at} /> : say.never}
                  </span>
                ),
              },
              {
                id: 'more',
                header: <span className="sr-only">{say.more}</span>,
                align: 'right',
                className: 'w-12',
                cell: (person) => (
                  <Menu
                    trigger={<IconButton label={say.more} icon={<MoreHorizontal />} size="sm" />}
                    items={[
                      { label: say.changeRole, icon: <UserRoundCog />, onSelect: () => changeRole(person) },
                      person.is_invited && {
                        label: say.newLink,
                        icon: <Link2 />,
                        onSelect: () =>
                          renew.mutate(person.id, {
                            onSuccess: (answer) => showLink(answer.invitation_url),
                            onError: (error) => toastError(error),
                          }),
                      },
                      person.id !== me.id && 'separator',
                      person.id !== me.id &&
                        (person.is_active
                          ? { label: say.deactivate, icon: <UserRoundX />, isDanger: true, onSelect: () => askLeave(person) }
                          : {
                              label: say.activate,
                              icon: <UserPlus />,
                              onSelect: () =>
                                setActive.mutate(
                                  { id: person.id, isActive: true },
                                  { onError: (error) => toastError(error) },
                                ),
                            }),
                    ]}
                  />
                ),
              },
            ]}
          />
        )}
      </SettingsSection>
      {people.data && people.data.pagination.total_pages > 1 && (
        <Pagination info={people.data.pagination} onPage={(page) => setFilter({ ...filter, page })} />
      )}
      {isInviting && (
        <InviteDialog
          onClose={() => invite(false)}
          onInvited={(url) => {
            invite(false)
            showLink(url)
          }}
        />
      )}
      {roleOf && <RoleDialog person={roleOf} onClose={() => changeRole(null)} />}
      <Dialog
        isOpen={link !== null}
        onOpenChange={() => showLink(null)}
        title={say.linkReady}
        description={say.linkHint}
        footer={
          <Button variant="primary" onClick={() => showLink(null)}>
            {say.done}
          </Button>
        }
      >
        {link && <CopyField value={link} label={say.linkReady} />}
      </Dialog>
      <ConfirmDialog
        isOpen={leaving !== null}
        onOpenChange={(isOpen) => !isOpen && askLeave(null)}
        title={say.deactivateTitle(leaving?.name ?? '')}
        description={say.deactivateHint}
        confirmLabel={say.deactivate}
        onConfirm={() => leaving && setActive.mutateAsync({ id: leaving.id, isActive: false })}
      />
    </SettingsPage>
  )
}

/** The roles to choose from: `admin`, `agent`, or the id of one's own. */
function RoleSelect({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const { data } = useQuery(peopleQueries.roles)
  const me = useUser()
  const options = (data?.roles ?? [])
    .filter((role) => role.key !== 'admin' || me.role === 'admin')
    .map((role) => ({ value: role.key, label: role.name }))
  return <Select value={value} onChange={onChange} options={options} />
}

const chosen = (key: string): { role: 'agent' | 'admin'; role_id: string | null } =>
  key === 'admin' ? { role: 'admin', role_id: null } : { role: 'agent', role_id: key === 'agent' ? null : key }

interface InviteDialogProps {
  onClose: () => void
  onInvited: (url: string) => void
}

function InviteDialog({ onClose, onInvited }: InviteDialogProps) {
  const say = useStrings(strings)
  const send = useInvite()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState('agent')
  const submit = (): void =>
    send.mutate({ email, name, ...chosen(role) }, { onSuccess: (answer) => onInvited(answer.invitation_url) })
  return (
    <Dialog isOpen onOpenChange={onClose} title={say.invite} description={say.inviteHint}>
      <Form onSubmit={submit}>
        <FormError error={send.error} fields={['email', 'name']} />
        <Field label={say.email} isRequired error={fieldError(send.error, 'email')}>
          <Input type="email" value={email} autoFocus onChange={(event) => setEmail(event.target.value)} />
        </Field>
        <Field label={say.name} isRequired error={fieldError(send.error, 'name')}>
          <Input value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={say.role}>
          <RoleSelect value={role} onChange={setRole} />
        </Field>
        <FormActions
          isBusy={send.isPending}
          isDirty={email !== '' && name !== ''}
          submitLabel={say.sendInvitation}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  )
}

function RoleDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const say = useStrings(strings)
  const save = useSetRole()
  const before = person.role === 'admin' ? 'admin' : (person.role_id ?? 'agent')
  const [role, setRole] = useState(before)
  const submit = (): void =>
    save.mutate(
      { id: person.id, ...chosen(role) },
      {
        onSuccess: () => {
          toast(say.saved)
          onClose()
        },
      },
    )
  return (
    <Dialog isOpen onOpenChange={onClose} size="sm" title={say.changeRoleTitle(person.name)} description={say.changeRoleHint}>
      <Form onSubmit={submit}>
        <FormError error={save.error} />
        <Field label={say.role}>
          <RoleSelect value={role} onChange={setRole} />
        </Field>
        <FormActions isBusy={save.isPending} isDirty={role !== before} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}
