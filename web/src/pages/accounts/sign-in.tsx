import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router'

import { ApiError } from '@/api/client'
import { setUpStateQuery, signIn } from '@/features/accounts/api'
import { destination } from '@/features/accounts/destination'
import { Entrance } from '@/features/accounts/entrance'
import { useSession } from '@/features/accounts/session'
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
  const { data: state } = useQuery(setUpStateQuery)
  const [email, setEmail] = useState(params.get('email') ?? '')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: ({ user: entered }) => {
      begin(entered)
      void navigate(destination(entered, params.get('next')), { replace: true })
    },
  })
  const wantsCode = enter.error instanceof ApiError && /code|totp/.test(enter.error.code)
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
      <Form onSubmit={() => enter.mutate({ email, password, ...(code && { code }) })}>
        {state?.needs_setup && <Banner>{say.freshDesk}</Banner>}
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
        <Field
          label={say.password}
          isRequired
          aside={
            <Link to="/reset" className="link">
              {say.forgot}
            </Link>
          }
        >
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {(wantsCode || code) && (
          <Field label={say.code}>
            <Input
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </Field>
        )}
        <Button type="submit" variant="primary" size="lg" className="w-full" isBusy={enter.isPending}>
          {say.signIn}
        </Button>
      </Form>
    </Entrance>
  )
}
