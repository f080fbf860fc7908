import { useState } from 'react'

import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, FormError } from '@/ui/field'
import { Textarea } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Form } from '@/ui/page'
import { toast } from '@/ui/toast'

import { useEscalate } from './api'
import { strings } from './strings'

interface TalkToPersonProps {
  ticketId: string
  onAsk: () => void
  onClose: () => void
}

/** Asks for a person, and what they should know. */
export default function TalkToPerson({ ticketId, onAsk, onClose }: TalkToPersonProps) {
  const say = useStrings(strings)
  const [reason, setReason] = useState('')
  const escalate = useEscalate(ticketId)
  const submit = (): void => {
    onAsk()
    escalate.mutate(reason, {
      onSuccess: () => {
        onClose()
        toast(say.asked)
      },
    })
  }
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={say.talkToPerson} description={say.talkHint}>
      <Form onSubmit={submit}>
        <FormError error={escalate.error} />
        <Field label={say.reason} isOptional>
          <Textarea
            value={reason}
            placeholder={say.reasonPlaceholder}
            maxLength={2000}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <div className="flex justify-end">
          <Button type="submit" variant="primary" isBusy={escalate.isPending}>
            {say.talkToPerson}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
