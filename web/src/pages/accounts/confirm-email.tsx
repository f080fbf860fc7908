import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CheckCircle2 } from 'lucide-react'
import { Link, useSearchParams } from 'react-router'

import { confirmAccount, confirmEmail } from '@/features/accounts/api'
import { Entrance } from '@/features/accounts/entrance'
import { sessionQuery } from '@/features/accounts/session'
import { strings } from '@/features/accounts/strings'
import { Button } from '@/ui/button'
import { FormError } from '@/ui/field'
import { useStrings } from '@/ui/locale'
import { SkeletonText } from '@/ui/states'

/** Where the link in a message to an address leads: to one that is new, or that an account was opened with. */
export default function ConfirmEmailPage() {
  const [params] = useSearchParams()
  const token = params.get('token') ?? ''
  return params.get('of') === 'account' ? <OfAccount token={token} /> : <OfChange token={token} />
}

/** A new address was asked for by somebody who is signed in: opening the link confirms. */
function OfChange({ token }: { token: string }) {
  const say = useStrings(strings)
  // A query, because it must happen once for a link, however often the page is drawn.
  const confirm = useQuery({
    queryKey: ['confirm-email', token],
    queryFn: () => confirmEmail({ token }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  return (
    <Entrance title={confirm.isSuccess ? say.emailConfirmed : say.confirmEmail}>
      {confirm.isPending && <SkeletonText lines={2} />}
      <FormError error={confirm.error} />
      {confirm.isSuccess && <Done />}
      <GoOn />
    </Entrance>
  )
}

/** Anybody may have opened the account, so the owner of the address says that it was them. */
function OfAccount({ token }: { token: string }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const confirm = useMutation({
    mutationFn: () => confirmAccount({ token }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  })
  if (confirm.isSuccess) {
    return (
      <Entrance title={say.accountConfirmed}>
        <Done />
        <GoOn />
      </Entrance>
    )
  }
  return (
    <Entrance title={say.confirmEmail} hint={say.isYourAccount}>
      <FormError error={confirm.error} />
      <Button variant="primary" size="lg" className="w-full" isBusy={confirm.isPending} onClick={() => confirm.mutate()}>
        {say.isMine}
      </Button>
      <p className="mt-4 text-sm text-muted">{say.isNotMine}</p>
    </Entrance>
  )
}

const Done = () => <CheckCircle2 className="size-10 text-green" strokeWidth={1.5} aria-hidden />

function GoOn() {
  const say = useStrings(strings)
  return (
    <Button asChild size="lg" className="mt-6">
      <Link to="/">{say.goOn}</Link>
    </Button>
  )
}
