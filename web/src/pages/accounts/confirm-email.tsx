import { useQuery } from '@tanstack/react-query'
import { CheckCircle2 } from 'lucide-react'
import { Link, useSearchParams } from 'react-router'

import { confirmEmail } from '@/features/accounts/api'
import { Entrance } from '@/features/accounts/entrance'
import { strings } from '@/features/accounts/strings'
import { Button } from '@/ui/button'
import { FormError } from '@/ui/field'
import { useStrings } from '@/ui/locale'
import { SkeletonText } from '@/ui/states'

/** Where the link in the message to a new address leads; opening it confirms. */
export default function ConfirmEmailPage() {
  const say = useStrings(strings)
  const [params] = useSearchParams()
  const token = params.get('token') ?? ''
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
      {confirm.isSuccess && <CheckCircle2 className="size-10 text-green" strokeWidth={1.5} aria-hidden />}
      <Button asChild size="lg" className="mt-6">
        <Link to="/">{say.goOn}</Link>
      </Button>
    </Entrance>
  )
}
