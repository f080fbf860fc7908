import { useMutation } from '@tanstack/react-query'

import { Banner } from '@/ui/banner'
import { Button } from '@/ui/button'
import { useStrings } from '@/ui/locale'
import { toast, toastError } from '@/ui/toast'

import { sendConfirmation } from './api'
import { useUser } from './session'
import { strings } from './strings'

/** Asks a customer to show that their address is theirs; nothing once they have. */
export function ConfirmAddress({ className }: { className?: string }) {
  const say = useStrings(strings)
  const user = useUser()
  const send = useMutation({
    mutationFn: sendConfirmation,
    onSuccess: () => toast(say.linkOnItsWay(user.email)),
    onError: (error) => toastError(error),
  })
  if (user.is_confirmed !== false) return null
  return (
    <Banner
      {...(className && { className })}
      title={say.confirmEmail}
      action={
        <Button size="sm" isBusy={send.isPending} onClick={() => send.mutate()}>
          {say.sendAgain}
        </Button>
      }
    >
      {say.confirmHint(user.email)}
    </Banner>
  )
}
