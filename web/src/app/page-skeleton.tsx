import { useStrings } from '@/ui/locale'
import { Skeleton, SkeletonText } from '@/ui/states'
import { strings } from '@/ui/strings'

/** A page before its code and its session arrive. */
export function PageSkeleton() {
  const say = useStrings(strings)
  return (
    <div role="status" aria-label={say.loading} className="mx-auto max-w-3xl px-5 py-10">
      <Skeleton className="mb-8 h-7 w-56" />
      <SkeletonText lines={6} />
    </div>
  )
}
