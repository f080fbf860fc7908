import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { acceptInvitation, invitationQuery, type Invitation } from '@/features/accounts/api'
import { Entrance } from '@/features/accounts/entrance'
import { homeOf, useSession } from '@/features/accounts/session'
import { strings } from '@/features/accounts/strings'
import { Button } from '@/ui/button'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input, PasswordInput } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form } from '@/ui/page'
import { SkeletonText } from '@/ui/states'

export default function InvitationPage() {
  const say = useStrings(strings)
  const [params] = useSearchParams()
  const token = params.get('token') ?? ''
  const { data: invitation, error, isPending } = useQuery(invitationQuery(token))
  if (error) {
    return (
      <Entrance title={say.invitationGone} hint={say.invitationGoneHint}>
        <FormError error={error} />
        <Button asChild className="mt-4">
          <Link to="/sign-in">{say.backToSignIn}</Link>
        </Button>
      </Entrance>
    )
  }
  if (isPending) {
    return (
      <Entrance title={say.invitation}>
        <SkeletonText lines={4} />
      </Entrance>
    )
  }
  return <Accept token={token} invitation={invitation} />
}

function Accept({ token, invitation }: { token: string; invitation: Invitation }) {
  const say = useStrings(strings)
  const { begin } = useSession()
  const navigate = useNavigate()
  const [name, setName] = useState(invitation.name)
  const [password, setPassword] = useState('')
  const join = useMutation({
    mutationFn: acceptInvitation,
    onSuccess: ({ user }) => {
      begin(user)
      void navigate(homeOf(user), { replace: true })
    },
  })
  return (
    <Entrance title={say.invitation} hint={say.invitationFor(invitation.email, say.roles[invitation.role])}>
      <Form onSubmit={() => join.mutate({ token, name, password })}>
        <FormError error={join.error} fields={['name', 'password']} />
        <Field label={say.name} hint={say.nameHint} isRequired error={fieldError(join.error, 'name')}>
          <Input autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field
          label={say.password}
          hint={say.staffPasswordHint}
          isRequired
          error={fieldError(join.error, 'password')}
        >
          <PasswordInput
            autoComplete="new-password"
            minLength={8}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="w-full" isBusy={join.isPending}>
          {say.join}
        </Button>
      </Form>
    </Entrance>
  )
}
