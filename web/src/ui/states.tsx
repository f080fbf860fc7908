import { CloudOff, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { ApiError, OfflineError } from '@/api/client'

import { Button } from './button'
import { cx } from './class-names'
import { useStrings } from './locale'
import { strings } from './strings'

interface EmptyStateProps {
  icon?: ReactNode
  title: ReactNode
  /** What to do next. */
  children?: ReactNode
  action?: ReactNode
  /** It is all there is on the page, so its title is the page's. */
  isPage?: boolean
  className?: string
}

export function EmptyState({ icon, title, children, action, isPage = false, className }: EmptyStateProps) {
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className={cx('mx-auto flex max-w-sm flex-col items-center px-6 py-14 text-center', className)}>
      {icon && (
        <span className="lit mb-4 grid size-11 place-items-center rounded-lg border border-line bg-raised text-muted [&_svg]:size-5">
          {icon}
        </span>
      )}
      <Heading className="text-md font-semibold">{title}</Heading>
      {children && <p className="mt-1 text-sm text-muted">{children}</p>}
      {action && <div className="mt-5">{action}</div>}
    </div>
  )
}

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
  isPage?: boolean
  className?: string
}

/** What happened, in the server's own sentence, and how to go on. */
export function ErrorState({ error, onRetry, isPage = false, className }: ErrorStateProps) {
  const say = useStrings(strings)
  const message = error instanceof Error ? error.message : String(error)
  const reference = error instanceof ApiError && error.status >= 500 ? error.requestId : undefined
  return (
    <div role="alert" className={className}>
      <EmptyState
        icon={error instanceof OfflineError ? <CloudOff /> : <TriangleAlert />}
        title={say.wentWrong}
        isPage={isPage}
        action={onRetry && <Button onClick={onRetry}>{say.retry}</Button>}
      >
        {message}
        {reference && <span className="mt-2 block font-mono text-xs text-faint">{say.requestId(reference)}</span>}
      </EmptyState>
    </div>
  )
}

/** A grey shape where something will stand; give it the size of the thing. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cx(
        'block animate-shimmer rounded-sm bg-[image:linear-gradient(90deg,var(--hover)_25%,var(--press)_50%,var(--hover)_75%)] bg-[length:200%_100%]',
        className,
      )}
    />
  )
}

const LINES = ['w-full', 'w-11/12', 'w-4/5', 'w-2/3']

export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <span className="block space-y-2">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={cx('h-3.5', LINES[line % LINES.length])} />
      ))}
    </span>
  )
}

/** Rows of a list before they arrive. */
export function SkeletonRows({ rows = 6, className }: { rows?: number; className?: string }) {
  const say = useStrings(strings)
  return (
    <div role="status" aria-label={say.loading} className={className}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-3 border-b border-line px-4 py-3.5 last:border-0">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex-1 space-y-2">
            <Skeleton className={cx('h-3.5', ['w-1/2', 'w-2/3', 'w-2/5'][row % 3])} />
            <Skeleton className={cx('h-3', ['w-4/5', 'w-3/5', 'w-3/4'][row % 3])} />
          </div>
        </div>
      ))}
    </div>
  )
}
