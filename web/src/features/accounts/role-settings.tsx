import { useQuery } from '@tanstack/react-query'
import { Check, Copy, Lock, Minus } from 'lucide-react'
import { Fragment, useState } from 'react'

import {
  Checkbox,
  ErrorState,
  Field,
  fieldError,
  Form,
  FormActions,
  FormError,
  Input,
  SettingsPage,
  SettingsSection,
  Sheet,
  SkeletonRows,
  Textarea,
  toast,
  useStrings,
} from '@/ui'
import { DeleteDialog, NewButton, RowMenu } from '@/ui/settings-list'

import { peopleQueries, useDeleteRole, useSaveRole, type Permission, type RoleInfo } from './people-api'
import { strings } from './people-strings'

type Draft = { id?: string; name: string; description: string; permissions: string[] }

function grouped(permissions: Permission[]): [string, Permission[]][] {
  const groups = new Map<string, Permission[]>()
  for (const permission of permissions) groups.set(permission.group, [...(groups.get(permission.group) ?? []), permission])
  // What is done most stands first.
  return [...groups].toSorted(([a], [b]) => Number(b === 'tickets') - Number(a === 'tickets') || a.localeCompare(b))
}

/** The permission matrix: a row for each permission, a column for each role. */
export function RoleSettings() {
  const say = useStrings(strings)
  const { data, error, isPending, refetch } = useQuery(peopleQueries.roles)
  const remove = useDeleteRole()
  const [edited, edit] = useState<Draft | null>(null)
  const [deleted, askDelete] = useState<RoleInfo | null>(null)
  return (
    <SettingsPage
      isWide
      title={say.roles}
      description={say.rolesHint}
      actions={
        <NewButton
          label={say.newRole}
          onClick={() => edit({ name: '', description: '', permissions: data?.roles[1]?.permissions ?? [] })}
        />
      }
    >
      <SettingsSection isFlush>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : isPending ? (
          <SkeletonRows rows={8} />
        ) : (
          <div className="max-h-[75vh] overflow-auto">
            <table className="w-full border-separate border-spacing-0 text-sm">
              <caption className="sr-only">{say.permissions}</caption>
              <thead>
                <tr>
                  <th
                    scope="col"
                    className="sticky top-0 left-0 z-20 min-w-40 border-b sm:min-w-56 border-line bg-surface px-4 py-3 text-left text-xs font-medium text-muted"
                  >
                    {say.permission}
                  </th>
                  {data.roles.map((role) => (
                    <th
                      key={role.key}
                      scope="col"
                      className="sticky top-0 z-10 min-w-32 border-b border-line bg-surface px-2 py-2 text-center align-bottom font-medium"
                    >
                      <span className="flex items-center justify-center gap-1 whitespace-nowrap">
                        {role.is_system && <Lock className="size-3 text-faint" aria-label={say.builtIn} />}
                        {role.name}
                        <RowMenu
                          onEdit={role.is_system ? undefined : () => role.id && edit({ ...role, id: role.id })}
                          items={[
                            {
                              label: say.copyRole,
                              icon: <Copy />,
                              onSelect: () => edit({ name: '', description: role.description, permissions: role.permissions }),
                            },
                          ]}
                          onDelete={role.is_system ? undefined : () => askDelete(role)}
                        />
                      </span>
                      <span className="block text-xs font-normal text-faint">{say.peopleCount(role.people)}</span>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {grouped(data.permissions).map(([group, permissions]) => (
                  <Fragment key={group}>
                    <tr>
                      <th
                        scope="rowgroup"
                        colSpan={data.roles.length + 1}
                        className="border-b border-line bg-sunken px-4 py-1.5 text-left text-xs font-medium text-muted"
                      >
                        {say.groups[group] ?? group}
                      </th>
                    </tr>
                    {permissions.map((permission) => (
                      <tr key={permission.key} className="hover:bg-hover">
                        <th
                          scope="row"
                          className="sticky left-0 border-b border-line bg-surface px-4 py-2 text-left font-normal max-sm:text-xs"
                        >
                          {say.labels[permission.key] ?? permission.label}
                        </th>
                        {data.roles.map((role) => {
                          const may = role.permissions.includes(permission.key)
                          return (
                            <td key={role.key} className="border-b border-line px-2 py-2 text-center">
                              {may ? (
                                <Check
                                  className="mx-auto size-4 text-green"
                                  aria-label={say.may(role.name, say.labels[permission.key] ?? permission.label)}
                                />
                              ) : (
                                <Minus
                                  className="mx-auto size-4 text-faint opacity-60"
                                  aria-label={say.mayNot(role.name, say.labels[permission.key] ?? permission.label)}
                                />
                              )}
                            </td>
                          )
                        })}
                      </tr>
                    ))}
                  </Fragment>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </SettingsSection>
      {edited && data && <RoleSheet start={edited} permissions={data.permissions} onClose={() => edit(null)} />}
      <DeleteDialog
        item={deleted}
        title={({ name }) => say.deleteRoleTitle(name)}
        hint={say.deleteHint}
        confirmLabel={say.deleteRole}
        onDelete={async ({ id }) => id && remove.mutateAsync(id)}
        onClose={() => askDelete(null)}
      />
    </SettingsPage>
  )
}

interface RoleSheetProps {
  start: Draft
  permissions: Permission[]
  onClose: () => void
}

function RoleSheet({ start, permissions, onClose }: RoleSheetProps) {
  const say = useStrings(strings)
  const save = useSaveRole()
  const [name, setName] = useState(start.name)
  const [description, setDescription] = useState(start.description)
  const [held, setHeld] = useState(new Set(start.permissions))
  const toggle = (keys: string[], isHeld: boolean): void => {
    const next = new Set(held)
    for (const key of keys) {
      if (isHeld) next.add(key)
      else next.delete(key)
    }
    setHeld(next)
  }
  const submit = async (): Promise<void> => {
    await save.mutateAsync({ id: start.id, name, description, permissions: [...held] })
    toast(say.saved)
    onClose()
  }
  return (
    <Sheet isOpen onOpenChange={onClose} title={start.id ? say.editRole : say.newRole} description={say.changeRoleHint}>
      <Form onSubmit={() => submit().catch(() => undefined)}>
        <FormError error={save.error} fields={['name']} />
        <Field label={say.name} isRequired error={fieldError(save.error, 'name')}>
          <Input value={name} maxLength={80} autoFocus onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={say.description} isOptional>
          <Textarea rows={2} value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        {grouped(permissions).map(([group, entries]) => {
          const keys = entries.map((entry) => entry.key)
          const count = keys.filter((key) => held.has(key)).length
          return (
            <fieldset key={group} className="rounded-md border border-line">
              <legend className="sr-only">{say.groups[group] ?? group}</legend>
              <div className="border-b border-line bg-sunken px-3 py-2 font-medium">
                <Checkbox
                  label={say.groups[group] ?? group}
                  checked={count === keys.length ? true : count === 0 ? false : 'indeterminate'}
                  onChange={(isHeld) => toggle(keys, isHeld)}
                />
              </div>
              <div className="space-y-2.5 px-3 py-3">
                {entries.map((entry) => (
                  <Checkbox
                    key={entry.key}
                    label={say.labels[entry.key] ?? entry.label}
                    checked={held.has(entry.key)}
                    onChange={(isHeld) => toggle([entry.key], isHeld)}
                  />
                ))}
              </div>
            </fieldset>
          )
        })}
        <FormActions isBusy={save.isPending} isDirty={name.trim() !== ''} onCancel={onClose} />
      </Form>
    </Sheet>
  )
}
