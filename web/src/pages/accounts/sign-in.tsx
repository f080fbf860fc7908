import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router'

import { signIn } from '@/features/accounts/api'
import { Entrance } from '@/features/accounts/entrance'
import { homeOf, useSession, type User } from '@/features/accounts/session'
import { strings } from '@/features/accounts/strings'
import { Banner } from '@/ui/banner'
import { Button } from '@/ui/button'
import { Field, FormError } from '@/ui/field'
import { Input, PasswordInput } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form } from '@/ui/page'

export default function SignInPage() {
  const say = useStrings(strings)
  const [params] = useSearchParams()
  const { user, begin } = useSession()
  const navigate = useNavigate()
  const [email, setEmail] = useState(params.get('email') ?? '')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: ({ user: entered }) => {
      begin(entered)
      void navigate(destination(entered, params.get('next')), { replace: true })
    },
  })
  if (user && !enter.isSuccess) return <Navigate to={destination(user, params.get('next'))} replace />
  return (
    <Entrance
      title={say.signIn}
      hint={say.signInHint}
      foot={
        <>
          {say.noAccount}{' '}
          <Link to={{ pathname: '/sign-up', search: params.toString() }} className="link">
            {say.createAccount}
          </Link>
        </>
      }
    >
      <Form onSubmit={() => enter.mutate({ email, password })}>
        {params.has('reset') && <Banner tone="success">{say.passwordSaved}</Banner>}
        <FormError error={enter.error} />
        <Field label={say.email} isRequired>
          <Input
            type="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label={say.password} isRequired aside={<Link to="/reset" className="link">{say.forgot}</Link>}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="w-full" isBusy={enter.isPending}>
          {say.signIn}
        </Button>
      </Form>
    </Entrance>
  )
}

/** Where to go after sign-in: the page that was asked for, when it is one of ours and fits the role. */
export function destination(user: User, next: string | null): string {
  const home = homeOf(user)
  return next?.startsWith(home) && !next.startsWith('//') ? next : home
}
