import { useMutation } from '@tanstack/react-query'
import { MailCheck } from 'lucide-react'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { askReset, resetPassword } from '@/features/accounts/api'
import { Entrance } from '@/features/accounts/entrance'
import { homeOf, useSession } from '@/features/accounts/session'
import { strings } from '@/features/accounts/strings'
import { Button } from '@/ui/button'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input, PasswordInput } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form } from '@/ui/page'

/** Asks for the link; with the link's token it asks for the new password. */
export default function ResetPage() {
  const [params] = useSearchParams()
  const token = params.get('token')
  return token ? <ChooseNew token={token} /> : <AskForLink />
}

function AskForLink() {
  const say = useStrings(strings)
  const [email, setEmail] = useState('')
  const ask = useMutation({ mutationFn: askReset })
  const back = (
    <Link to="/sign-in" className="link">
      {say.backToSignIn}
    </Link>
  )
  if (ask.isSuccess) {
    return (
      <Entrance title={say.linkSent} hint={say.linkSentHint(email)} foot={back}>
        <MailCheck className="size-10 text-accent-text" strokeWidth={1.5} aria-hidden />
      </Entrance>
    )
  }
  return (
    <Entrance title={say.reset} hint={say.resetHint} foot={back}>
      <Form onSubmit={() => ask.mutate({ email })}>
        <FormError error={ask.error} fields={['email']} />
        <Field label={say.email} isRequired error={fieldError(ask.error, 'email')}>
          <Input
            type="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="w-full" isBusy={ask.isPending}>
          {say.sendLink}
        </Button>
      </Form>
    </Entrance>
  )
}

function ChooseNew({ token }: { token: string }) {
  const say = useStrings(strings)
  const { begin } = useSession()
  const navigate = useNavigate()
  const [password, setPassword] = useState('')
  const save = useMutation({
    mutationFn: resetPassword,
    onSuccess: ({ user }) => {
      begin(user)
      void navigate(homeOf(user), { replace: true })
    },
  })
  return (
    <Entrance
      title={say.chooseNew}
      hint={say.chooseNewHint}
      foot={
        <Link to="/reset" className="link">
          {say.sendLink}
        </Link>
      }
    >
      <Form onSubmit={() => save.mutate({ token, password })}>
        <FormError error={save.error} fields={['password']} />
        <Field label={say.newPassword} isRequired error={fieldError(save.error, 'password')}>
          <PasswordInput
            autoComplete="new-password"
            autoFocus
            minLength={6}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="w-full" isBusy={save.isPending}>
          {say.savePassword}
        </Button>
      </Form>
    </Entrance>
  )
}
