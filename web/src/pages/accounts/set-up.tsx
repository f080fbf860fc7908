import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { setUpDesk } from '@/features/accounts/api'
import { Entrance } from '@/features/accounts/entrance'
import { homeOf, useSession } from '@/features/accounts/session'
import { strings } from '@/features/accounts/strings'
import { Banner } from '@/ui/banner'
import { Button } from '@/ui/button'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input, PasswordInput } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form } from '@/ui/page'

/** The first person opens the one-time link of the terminal and becomes the admin. */
export default function SetUpPage() {
  const say = useStrings(strings)
  const [params] = useSearchParams()
  const token = params.get('token')
  const { begin } = useSession()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const save = useMutation({
    mutationFn: setUpDesk,
    onSuccess: ({ user }) => {
      begin(user)
      void navigate(homeOf(user), { replace: true })
    },
  })
  const foot = (
    <>
      {say.haveAccount}{' '}
      <Link to="/sign-in" className="link">
        {say.signIn}
      </Link>
    </>
  )
  if (!token) {
    return (
      <Entrance title={say.setUp} foot={foot}>
        <Banner>{say.setUpNoToken}</Banner>
      </Entrance>
    )
  }
  return (
    <Entrance title={say.setUp} hint={say.setUpHint} foot={foot}>
      <Form onSubmit={() => save.mutate({ token, name, email, password })}>
        <FormError error={save.error} fields={['name', 'email', 'password']} />
        <Field label={say.name} hint={say.nameHint} isRequired error={fieldError(save.error, 'name')}>
          <Input autoComplete="name" autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={say.email} isRequired error={fieldError(save.error, 'email')}>
          <Input
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field
          label={say.password}
          hint={say.staffPasswordHint}
          isRequired
          error={fieldError(save.error, 'password')}
        >
          <PasswordInput
            autoComplete="new-password"
            minLength={8}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="w-full" isBusy={save.isPending}>
          {say.setUpSubmit}
        </Button>
      </Form>
    </Entrance>
  )
}
