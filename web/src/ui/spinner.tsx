import { cx } from './class-names'

/** Three breathing dots; for waits inside a control. Whole areas use skeletons. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span className={cx('inline-flex gap-1', className)} aria-hidden>
      {[0, 200, 400].map((delay) => (
        <span
          key={delay}
          className="size-1 animate-pulse rounded-full bg-current"
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </span>
  )
}
