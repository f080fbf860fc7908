import { useQuery } from '@tanstack/react-query'
import { Bot, Download, ScrollText } from 'lucide-react'
import { useState } from 'react'

import {
  Avatar,
  Button,
  EmptyState,
  ErrorState,
  Field,
  Input,
  Pagination,
  RelativeTime,
  Select,
  SettingsPage,
  SettingsSection,
  Table,
  useStrings,
} from '@/ui'

import { peopleQueries, type AuditFilter, type AuditLine } from './people-api'
import { strings } from './people-strings'

export function AuditSettings() {
  const say = useStrings(strings)
  const [filter, setFilter] = useState<AuditFilter>({ kind: '', date_from: '', date_to: '', page: 1 })
  const log = useQuery(peopleQueries.audit(filter))
  const set = (part: Partial<AuditFilter>): void => setFilter({ ...filter, page: 1, ...part })
  const words = new URLSearchParams(
    Object.entries({ kind: filter.kind, date_from: filter.date_from, date_to: filter.date_to }).filter(([, value]) => value),
  )
  return (
    <SettingsPage
      isWide
      title={say.audit}
      description={say.auditHint}
      actions={
        <Button asChild>
          <a href={`/admin/audit/export?${words}`} download>
            <Download />
            {say.export}
          </a>
        </Button>
      }
    >
      <div className="grid gap-3 sm:grid-cols-[16rem_11rem_11rem]">
        <Field label={say.kind}>
          <Select
            value={filter.kind || 'all'}
            onChange={(kind) => set({ kind: kind === 'all' ? '' : kind })}
            options={[
              { value: 'all', label: say.allKinds },
              ...(log.data?.kinds ?? []).map((kind) => ({ value: kind, label: kind.replaceAll(/[._]/g, ' ') })),
            ]}
          />
        </Field>
        <Field label={say.from}>
          <Input type="date" value={filter.date_from} onChange={(event) => set({ date_from: event.target.value })} />
        </Field>
        <Field label={say.to}>
          <Input type="date" value={filter.date_to} onChange={(event) => set({ date_to: event.target.value })} />
        </Field>
      </div>
      <SettingsSection isFlush>
        {log.error ? (
          <ErrorState error={log.error} onRetry={() => void log.refetch()} />
        ) : (
          <Table<AuditLine>
            label={say.audit}
            rows={log.data?.events}
            rowKey={(line) => String(line.id)}
            empty={<EmptyState icon={<ScrollText />} title={say.noEvents} />}
            columns={[
              {
                id: 'what',
                header: say.what,
                cell: (line) => (
                  <>
                    <span className="block">{line.text}</span>
                    <code className="font-mono text-xs text-faint">{line.kind}</code>
                  </>
                ),
              },
              {
                id: 'who',
                header: say.who,
                className: 'max-sm:hidden',
                cell: (line) => (
                  <span className="flex items-center gap-2 whitespace-nowrap">
                    {line.actor_name ? (
                      <Avatar name={line.actor_name} size="xs" />
                    ) : (
                      <Bot className="size-4 text-faint" aria-hidden />
                    )}
                    {line.actor_name ?? say.system}
                  </span>
                ),
              },
              {
                id: 'through',
                header: say.through,
                className: 'max-md:hidden',
                cell: (line) => <span className="text-muted">{say.ways[line.through] ?? line.through}</span>,
              },
              {
                id: 'when',
                header: say.when,
                align: 'right',
                className: 'whitespace-nowrap',
                cell: (line) => (
                  <span className="text-muted">
                    <RelativeTime at={line.at} isPlain />
                  </span>
                ),
              },
            ]}
          />
        )}
      </SettingsSection>
      {log.data && log.data.pagination.total_pages > 1 && (
        <Pagination info={log.data.pagination} onPage={(page) => setFilter({ ...filter, page })} />
      )}
    </SettingsPage>
  )
}
