import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router'

import { signUp } from '@/features/accounts/api'
import { destination } from '@/features/accounts/destination'
import { Entrance } from '@/features/accounts/entrance'
import { useSession } from '@/features/accounts/session'
import { strings } from '@/features/accounts/strings'
import { Button } from '@/ui/button'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input, PasswordInput } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form } from '@/ui/page'

export default function SignUpPage() {
  const say = useStrings(strings)
  const [params] = useSearchParams()
  const { user, begin } = useSession()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [email, setEmail] = useState(params.get('email') ?? '')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: signUp,
    onSuccess: ({ user: entered }) => {
      begin(entered)
      void navigate(destination(entered, params.get('next')), { replace: true })
    },
  })
  if (user && !enter.isSuccess) return <Navigate to={destination(user, params.get('next'))} replace />
  return (
    <Entrance
      title={say.signUp}
      hint={say.signUpHint}
      foot={
        <>
          {say.haveAccount}{' '}
          <Link to={{ pathname: '/sign-in', search: params.toString() }} className="link">
            {say.signIn}
          </Link>
        </>
      }
    >
      <Form onSubmit={() => enter.mutate({ name, email, password })}>
        <FormError error={enter.error} fields={['name', 'email', 'password']} />
        <Field label={say.name} isRequired error={fieldError(enter.error, 'name')}>
          <Input autoComplete="name" autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={say.email} isRequired error={fieldError(enter.error, 'email')}>
          <Input
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label={say.password} hint={say.passwordHint} isRequired error={fieldError(enter.error, 'password')}>
          <PasswordInput
            autoComplete="new-password"
            minLength={6}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="w-full" isBusy={enter.isPending}>
          {say.createAccount}
        </Button>
      </Form>
    </Entrance>
  )
}
