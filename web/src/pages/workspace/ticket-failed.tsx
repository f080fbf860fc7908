import { FileQuestion } from 'lucide-react'
import { useEffect } from 'react'
import { Link } from 'react-router'

import { ApiError } from '@/api/client'
import { strings } from '@/features/inbox/agent/strings'
import { Button } from '@/ui/button'
import { useStrings } from '@/ui/locale'
import { usePageTitle } from '@/ui/page'
import { useAwaited } from '@/ui/shortcuts'
import { EmptyState, ErrorState } from '@/ui/states'

interface TicketFailedProps {
  ticketId: string
  error: unknown
  onRetry: () => void
  onShown: (ticketId: string) => void
  onBack: () => void
  /** No list beside it, whose title would be the page's. */
  isAlone: boolean
}

/** In the place of a conversation that cannot be shown: why, and where to go from here. */
export function TicketFailed({ ticketId, error, onRetry, onShown, onBack, isAlone }: TicketFailedProps) {
  const say = useStrings(strings)
  const isMissing = error instanceof ApiError && (error.status === 404 || error.status === 422)
  usePageTitle(isMissing ? say.noTicket : say.inbox)
  useAwaited(null)
  useEffect(() => onShown(ticketId), [onShown, ticketId])
  return (
    <div className="grid h-full place-items-center overflow-y-auto bg-canvas">
      {isMissing ? (
        <div role="alert">
          <EmptyState
            isPage={isAlone}
            icon={<FileQuestion />}
            title={say.noTicket}
            action={
              <span className="flex flex-wrap justify-center gap-2">
                <Button onClick={onBack}>{say.backToList}</Button>
                <Button asChild variant="ghost">
                  <Link to="/app/inbox/all">{say.allTickets}</Link>
                </Button>
              </span>
            }
          >
            {say.noTicketHint}
          </EmptyState>
        </div>
      ) : (
        <ErrorState isPage={isAlone} error={error} onRetry={onRetry} />
      )}
    </div>
  )
}
