import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { http } from '@/api/client'
import { may, useUser } from '@/features/accounts/session'
import { strings } from '@/features/tickets/trash/strings'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Checkbox } from '@/ui/choice'
import { ConfirmDialog } from '@/ui/dialog'
import { useStrings } from '@/ui/locale'
import { PageHeader, usePageTitle } from '@/ui/page'
import { Pagination, type PageInfo } from '@/ui/pagination'
import { RelativeTime } from '@/ui/relative-time'
import { EmptyState, ErrorState } from '@/ui/states'
import { Table } from '@/ui/table'
import { toast, toastError } from '@/ui/toast'

interface Trashed {
  id: string
  number: number
  subject: string
  customer_name: string
  deleted_at: string
  days_until_permanent_deletion: number
}

/** What was thrown away: brought back, or erased for good. */
export default function TrashPage() {
  const say = useStrings(strings)
  const client = useQueryClient()
  const user = useUser()
  const [page, setPage] = useState({ page: 1, page_size: 25 })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isErasing, setErasing] = useState(false)
  usePageTitle(say.title)
  const { data, error, refetch } = useQuery({
    queryKey: ['trash', page],
    queryFn: () => http.get<{ tickets: Trashed[]; pagination: PageInfo }>('/admin/tickets/trash', page),
    placeholderData: keepPreviousData,
  })
  const { mutate, isPending } = useMutation({
    mutationFn: (call: () => Promise<{ message: string }>) => call(),
    onSuccess: ({ message }) => toast(message, { tone: 'success' }),
    onError: (failure) => toastError(failure, say.failed),
    onSettled: () => {
      setChosen(new Set())
      void client.invalidateQueries({ queryKey: ['trash'] })
      void client.invalidateQueries({ queryKey: ['inbox'] })
    },
  })
  const ids = [...chosen]
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <div className="mx-auto flex w-full max-w-5xl flex-col gap-4 p-4 sm:p-8">
      <PageHeader
        title={say.title}
        description={say.about}
        actions={
          chosen.size > 0 && (
            <>
              <span className="self-center text-sm text-muted">{say.selected(chosen.size)}</span>
              <Button
                icon={<RotateCcw />}
                isBusy={isPending}
                onClick={() => mutate(() => http.post('/admin/tickets/restore', { ticket_ids: ids }))}
              >
                {say.restore}
              </Button>
              {may(user, 'tickets.erase') && (
                <Button variant="danger" icon={<Trash2 />} onClick={() => setErasing(true)}>
                  {say.erase}
                </Button>
              )}
            </>
          )
        }
      />
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Card className="overflow-hidden">
          <Table<Trashed>
            label={say.title}
            rows={data?.tickets}
            rowKey={(row) => row.id}
            empty={
              <EmptyState icon={<Trash2 />} title={say.empty}>
                {say.emptyHint}
              </EmptyState>
            }
            columns={[
              {
                id: 'choose',
                header: '',
                className: 'w-10',
                cell: (row) => (
                  <Checkbox checked={chosen.has(row.id)} onChange={() => toggle(row.id)} aria-label={say.select(row.number)} />
                ),
              },
              {
                id: 'ticket',
                header: say.ticket,
                cell: (row) => (
                  <span className="block truncate">
                    <span className="text-muted tabular-nums">#{row.number}</span> {row.subject}
                  </span>
                ),
              },
              { id: 'customer', header: say.customer, className: 'w-48 max-md:hidden', cell: (row) => row.customer_name },
              { id: 'deleted', header: say.deleted, className: 'w-36 max-sm:hidden', cell: (row) => <RelativeTime at={row.deleted_at} /> },
              { id: 'left', header: say.left, className: 'w-28', cell: (row) => say.days(row.days_until_permanent_deletion) },
            ]}
          />
        </Card>
      )}
      {data && data.pagination.total_count > 0 && (
        <Pagination
          info={data.pagination}
          onPage={(next) => setPage({ ...page, page: next })}
          onPageSize={(size) => setPage({ page: 1, page_size: size })}
        />
      )}
      <ConfirmDialog
        isOpen={isErasing}
        onOpenChange={setErasing}
        title={say.eraseTitle(chosen.size)}
        description={say.eraseHint}
        confirmLabel={say.erase}
        variant="danger"
        onConfirm={() => mutate(() => http.delete(`/admin/tickets/trash?ticket_ids=${ids.join(',')}`))}
      />
    </div>
  )
}
