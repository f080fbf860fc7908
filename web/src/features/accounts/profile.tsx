import { useMutation, useQuery } from '@tanstack/react-query'
import { Laptop, Smartphone } from 'lucide-react'
import { useState } from 'react'

import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/dialog'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input, PasswordInput } from '@/ui/input'
import { LOCALES, useLocale, useStrings, type Locale } from '@/ui/locale'
import { Form, FormActions, SettingsSection } from '@/ui/page'
import { RelativeTime } from '@/ui/relative-time'
import { ErrorState, SkeletonRows } from '@/ui/states'
import { Segmented } from '@/ui/segmented'
import { useTheme, type Theme } from '@/ui/theme'
import { toast, toastError } from '@/ui/toast'

import {
  changePassword,
  sessionsQuery,
  signOutEverywhere,
  useEndSession,
  useSaveProfile,
  type DeviceSession,
} from './api'
import { deviceName, isPhone } from './devices'
import { useSession, useUser } from './session'
import { strings } from './strings'

/** All a person may change about themselves; the same for customers and staff. */
export function ProfileSections() {
  return (
    <>
      <Person />
      <Looks />
      <Password />
      <Devices />
    </>
  )
}

function Person() {
  const say = useStrings(strings)
  const user = useUser()
  const save = useSaveProfile()
  const [name, setName] = useState(user.name)
  const [email, setEmail] = useState(user.email)
  const [password, setPassword] = useState('')
  const isNewEmail = email.trim() !== user.email
  const submit = (): void =>
    save.mutate(
      { name, ...(isNewEmail && { email: email.trim(), current_password: password }) },
      {
        onSuccess: () => {
          setPassword('')
          setEmail(user.email)
          toast(isNewEmail ? say.emailChanged : say.saved)
        },
      },
    )
  return (
    <SettingsSection title={say.you}>
      <Form onSubmit={submit}>
        <FormError error={save.error} fields={['name', 'email', 'current_password']} />
        <Field label={say.name} hint={say.nameHint} isRequired error={fieldError(save.error, 'name')}>
          <Input autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={say.email} hint={say.emailHint} isRequired error={fieldError(save.error, 'email')}>
          <Input type="email" autoComplete="email" value={email} onChange={(event) => setEmail(event.target.value)} />
        </Field>
        {isNewEmail && (
          <Field label={say.currentPassword} isRequired error={fieldError(save.error, 'current_password')}>
            <PasswordInput
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
        )}
        <FormActions isBusy={save.isPending} isDirty={isNewEmail || name.trim() !== user.name} />
      </Form>
    </SettingsSection>
  )
}

function Looks() {
  const say = useStrings(strings)
  const { theme, setTheme } = useTheme()
  const { locale, setLocale } = useLocale()
  const themes: Theme[] = ['dark', 'light', 'system']
  const locales = Object.keys(LOCALES) as Locale[]
  return (
    <SettingsSection title={say.looks} description={say.looksHint}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="text-sm font-medium">{say.theme}</span>
        <Segmented
          label={say.theme}
          value={theme}
          onChange={setTheme}
          options={themes.map((value) => ({ value, label: say.themes[value] }))}
        />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="text-sm font-medium">{say.language}</span>
        <Segmented
          label={say.language}
          value={locale}
          onChange={setLocale}
          options={locales.map((value) => ({ value, label: LOCALES[value] }))}
        />
      </div>
    </SettingsSection>
  )
}

function Password() {
  const say = useStrings(strings)
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const save = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      setCurrent('')
      setNext('')
      toast(say.passwordChanged)
    },
  })
  return (
    <SettingsSection title={say.changePassword} description={say.changePasswordHint}>
      <Form onSubmit={() => save.mutate({ current_password: current, new_password: next })}>
        <FormError error={save.error} fields={['current_password', 'new_password']} />
        <Field label={say.currentPassword} isRequired error={fieldError(save.error, 'current_password')}>
          <PasswordInput
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <Field label={say.newPassword} isRequired error={fieldError(save.error, 'new_password')}>
          <PasswordInput autoComplete="new-password" value={next} onChange={(event) => setNext(event.target.value)} />
        </Field>
        <FormActions isBusy={save.isPending} isDirty={current !== '' && next !== ''} submitLabel={say.changePassword} />
      </Form>
    </SettingsSection>
  )
}

function Devices() {
  const say = useStrings(strings)
  const { signOut } = useSession()
  const { data, error, refetch } = useQuery(sessionsQuery)
  const [asks, ask] = useState(false)
  const endAll = async (): Promise<void> => {
    await signOutEverywhere()
    await signOut()
  }
  return (
    <SettingsSection
      title={say.sessions}
      description={say.sessionsHint}
      isFlush
      actions={<Button onClick={() => ask(true)}>{say.endAll}</Button>}
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={2} />}
      <ul>
        {data?.sessions.map((device) => (
          <Device key={device.id} device={device} />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={asks}
        onOpenChange={ask}
        title={say.endAllTitle}
        description={say.endAllHint}
        confirmLabel={say.endAll}
        onConfirm={endAll}
      />
    </SettingsSection>
  )
}

function Device({ device }: { device: DeviceSession }) {
  const say = useStrings(strings)
  const end = useEndSession()
  const Icon = isPhone(device.user_agent) ? Smartphone : Laptop
  return (
    <li className="flex items-center gap-3 border-b border-line px-5 py-3 text-sm last:border-0">
      <Icon className="size-4.5 shrink-0 text-faint" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {deviceName(device.user_agent) ?? say.unknownDevice}
          {device.is_current && <Badge tone="green">{say.thisDevice}</Badge>}
        </p>
        <p className="truncate text-muted">
          {device.address} · {say.lastSeen} <RelativeTime at={device.last_seen_at} />
        </p>
      </div>
      {!device.is_current && (
        <Button
          size="sm"
          isBusy={end.isPending}
          onClick={() =>
            end.mutate(device.id, {
              onSuccess: () => toast(say.sessionEnded),
              onError: (problem) => toastError(problem),
            })
          }
        >
          {say.endSession}
        </Button>
      )}
    </li>
  )
}
