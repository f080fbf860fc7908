import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { encode } from 'uqr'

import { http } from '@/api/client'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input, PasswordInput } from '@/ui/input'
import { defineStrings, useStrings } from '@/ui/locale'
import { Form, FormActions, SettingsSection } from '@/ui/page'
import { toast, toastError } from '@/ui/toast'

import { sessionQuery, useUser } from './session'

const strings = defineStrings(
  {
    title: 'Second factor',
    about: 'A code from your phone besides the password: a stolen password alone opens nothing.',
    on: 'On',
    off: 'Off',
    turnOn: 'Turn on',
    turnOff: 'Turn off',
    scan: 'Scan this with your authenticator app, or type the key into it. Then enter the code it shows.',
    key: 'Key',
    code: 'Code',
    confirm: 'Confirm',
    recovery: 'Your recovery codes',
    recoveryHint: 'Each works once when the phone is lost. Keep them where you keep passwords; they are not shown again.',
    copy: 'Copy',
    copied: 'Copied',
    done: 'I have kept them',
    password: 'Your password',
    offHint: 'From now on the password alone signs you in.',
    turnedOff: 'The second factor is off',
  },
  {
    title: 'Zweiter Faktor',
    about: 'Ein Code vom Telefon neben dem Passwort: ein gestohlenes Passwort allein öffnet nichts.',
    on: 'An',
    off: 'Aus',
    turnOn: 'Einschalten',
    turnOff: 'Ausschalten',
    scan: 'Mit der Authenticator-App scannen oder den Schlüssel eintippen, dann den angezeigten Code eingeben.',
    key: 'Schlüssel',
    code: 'Code',
    confirm: 'Bestätigen',
    recovery: 'Ihre Wiederherstellungscodes',
    recoveryHint: 'Jeder gilt einmal, wenn das Telefon verloren ist. Bewahren Sie sie bei Ihren Passwörtern auf; sie werden nicht noch einmal gezeigt.',
    copy: 'Kopieren',
    copied: 'Kopiert',
    done: 'Ich habe sie verwahrt',
    password: 'Ihr Passwort',
    offHint: 'Von nun an genügt das Passwort zur Anmeldung.',
    turnedOff: 'Der zweite Faktor ist aus',
  },
)

interface Started {
  secret: string
  uri: string
}

/** Turns the second factor on (scan, confirm, keep the recovery codes) and off. */
export function SecondFactor() {
  const say = useStrings(strings)
  const user = useUser() as ReturnType<typeof useUser> & { has_totp?: boolean }
  const [started, setStarted] = useState<Started | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const [isStopping, setStopping] = useState(false)
  const client = useQueryClient()
  const refresh = (): void => void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
  const start = useMutation({
    mutationFn: () => http.post<Started>('/auth/totp/start'),
    onSuccess: setStarted,
    onError: (error) => toastError(error),
  })
  return (
    <SettingsSection
      title={say.title}
      description={say.about}
      actions={<Badge tone={user.has_totp ? 'green' : 'neutral'} icon={<ShieldCheck />}>{user.has_totp ? say.on : say.off}</Badge>}
    >
      {user.has_totp ? (
        <Button onClick={() => setStopping(true)}>{say.turnOff}</Button>
      ) : (
        <Button isBusy={start.isPending} onClick={() => start.mutate()}>
          {say.turnOn}
        </Button>
      )}
      <Dialog title={say.title} isOpen={started !== null} onOpenChange={(isOpen) => !isOpen && setStarted(null)}>
        {started && (
          <Confirm
            started={started}
            onConfirmed={(recovery) => {
              setStarted(null)
              setCodes(recovery)
              refresh()
            }}
          />
        )}
      </Dialog>
      <Dialog title={say.recovery} description={say.recoveryHint} isOpen={codes !== null} onOpenChange={(isOpen) => !isOpen && setCodes(null)}>
        <ul className="grid grid-cols-2 gap-1.5 rounded-md bg-sunken p-4 font-mono text-sm">
          {codes?.map((code) => <li key={code}>{code}</li>)}
        </ul>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => void navigator.clipboard.writeText((codes ?? []).join('\n')).then(() => toast(say.copied))}>{say.copy}</Button>
          <Button variant="primary" onClick={() => setCodes(null)}>
            {say.done}
          </Button>
        </div>
      </Dialog>
      <Dialog title={say.turnOff} description={say.offHint} isOpen={isStopping} onOpenChange={setStopping}>
        <Stop
          onStopped={() => {
            setStopping(false)
            toast(say.turnedOff, { tone: 'success' })
            refresh()
          }}
        />
      </Dialog>
    </SettingsSection>
  )
}

function Confirm({ started, onConfirmed }: { started: Started; onConfirmed: (codes: string[]) => void }) {
  const say = useStrings(strings)
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: () => http.post<{ recovery_codes: string[] }>('/auth/totp/confirm', { code }),
    onSuccess: (answer) => onConfirmed(answer.recovery_codes),
  })
  return (
    <Form onSubmit={() => confirm.mutate()}>
      <p className="text-sm text-muted">{say.scan}</p>
      <QrCode text={started.uri} />
      <p className="text-center font-mono text-sm break-all" aria-label={say.key}>
        {started.secret.match(/.{1,4}/g)?.join(' ')}
      </p>
      <FormError error={confirm.error} fields={['code']} />
      <Field label={say.code} error={fieldError(confirm.error, 'code')} isRequired>
        <Input inputMode="numeric" autoComplete="one-time-code" value={code} maxLength={6} onChange={(event) => setCode(event.target.value)} />
      </Field>
      <FormActions isBusy={confirm.isPending} isDirty={code.length === 6} submitLabel={say.confirm} />
    </Form>
  )
}

function Stop({ onStopped }: { onStopped: () => void }) {
  const say = useStrings(strings)
  const [password, setPassword] = useState('')
  const stop = useMutation({ mutationFn: () => http.post('/auth/totp/stop', { password }), onSuccess: onStopped })
  return (
    <Form onSubmit={() => stop.mutate()}>
      <FormError error={stop.error} fields={['password']} />
      <Field label={say.password} error={fieldError(stop.error, 'password')} isRequired>
        <PasswordInput autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
      </Field>
      <FormActions isBusy={stop.isPending} isDirty={password !== ''} submitLabel={say.turnOff} />
    </Form>
  )
}

/** Dark squares on a white ground in both themes: cameras read nothing else. */
function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { border: 2 })
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg viewBox={`0 0 ${size} ${size}`} className="mx-auto size-48 rounded-md bg-white" role="img" aria-label="QR" shapeRendering="crispEdges">
      <path d={path} fill="black" />
    </svg>
  )
}
