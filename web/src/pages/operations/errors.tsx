import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ShieldCheck, X } from 'lucide-react'

import { http } from '@/api/client'
import { strings } from '@/features/operations/strings'
import { Badge } from '@/ui/badge'
import { IconButton } from '@/ui/button'
import { useFormat, useStrings } from '@/ui/locale'
import { SettingsPage, SettingsSection } from '@/ui/page'
import { RelativeTime } from '@/ui/relative-time'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { toastError } from '@/ui/toast'

interface Fault {
  fingerprint: string
  source: 'web' | 'worker' | 'browser'
  kind: string
  place: string
  count: number
  last_seen_at: string
  last_request_id: string | null
}

const faultsQuery = queryOptions({
  queryKey: ['operations', 'faults'],
  queryFn: () => http.get<{ faults: Fault[] }>('/admin/errors'),
  select: (answer: { faults: Fault[] }) => answer.faults,
})

export default function ErrorsPage() {
  const say = useStrings(strings)
  const format = useFormat()
  const client = useQueryClient()
  const { data: faults, isPending, error, refetch } = useQuery(faultsQuery)
  const dismiss = useMutation({
    mutationFn: (fingerprint: string) => http.delete(`/admin/errors/${fingerprint}`),
    onError: (reason) => toastError(reason),
    onSettled: () => void client.invalidateQueries({ queryKey: faultsQuery.queryKey }),
  })
  return (
    <SettingsPage title={say.title} description={say.about} isWide>
      <SettingsSection isFlush>
        {isPending && <SkeletonRows rows={4} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {faults?.length === 0 && (
          <EmptyState icon={<ShieldCheck />} title={say.none}>
            {say.noneHint}
          </EmptyState>
        )}
        <ul>
          {faults?.map((fault) => (
            <li key={fault.fingerprint} className="flex items-center gap-4 border-b border-line px-5 py-3 last:border-0">
              <div className="min-w-0 flex-1">
                <p className="flex items-center gap-2">
                  <span className="truncate font-medium">{fault.kind}</span>
                  <Badge>{say[fault.source]}</Badge>
                </p>
                <p className="truncate font-mono text-xs text-muted">{fault.place}</p>
                {fault.last_request_id && (
                  <p className="truncate font-mono text-xs text-faint">
                    {say.request}: {fault.last_request_id}
                  </p>
                )}
              </div>
              <span className="text-sm tabular-nums" title={say.count}>
                × {format.number(fault.count)}
              </span>
              <span className="w-24 text-right text-xs text-muted">
                <RelativeTime at={fault.last_seen_at} />
              </span>
              <IconButton label={say.dismiss} icon={<X />} onClick={() => dismiss.mutate(fault.fingerprint)} />
            </li>
          ))}
        </ul>
      </SettingsSection>
    </SettingsPage>
  )
}
