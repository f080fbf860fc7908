import { useQuery } from '@tanstack/react-query'
import { Contact } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useNavigate } from 'react-router'

import { peopleQueries, type Person } from '@/features/accounts/people-api'
import { strings } from '@/features/accounts/people-strings'
import {
  Avatar,
  EmptyState,
  ErrorState,
  Pagination,
  SearchInput,
  SettingsPage,
  SettingsSection,
  Table,
  useFormat,
  useStrings,
} from '@/ui'

export default function CustomersPage() {
  const say = useStrings(strings)
  const format = useFormat()
  const navigate = useNavigate()
  const [words, setWords] = useState('')
  const [page, setPage] = useState(1)
  const found = useQuery(peopleQueries.customers(useDeferredValue(words), page))
  return (
    <div className="h-full overflow-y-auto">
      <SettingsPage isWide title={say.customers} description={say.customersHint}>
        <SearchInput
          label={say.search}
          value={words}
          onChange={(text) => {
            setWords(text)
            setPage(1)
          }}
          className="max-w-sm"
        />
        <SettingsSection isFlush>
          {found.error ? (
            <ErrorState error={found.error} onRetry={() => void found.refetch()} />
          ) : (
            <Table<Person>
              label={say.customers}
              rows={found.data?.users}
              rowKey={(person) => person.id}
              onOpen={(person) => void navigate(`/app/customers/${person.id}`)}
              empty={
                <EmptyState icon={<Contact />} title={words ? say.nobody : say.noCustomers}>
                  {words ? undefined : say.noCustomersHint}
                </EmptyState>
              }
              columns={[
                {
                  id: 'name',
                  header: say.name,
                  cell: (person) => (
                    <span className="flex items-center gap-3">
                      <Avatar name={person.name} />
                      <span className="min-w-0">
                        <span className="block font-medium">{person.name}</span>
                        <span className="block truncate text-muted">{person.email}</span>
                      </span>
                    </span>
                  ),
                },
                {
                  id: 'company',
                  header: say.company,
                  className: 'max-md:hidden',
                  cell: (person) => <span className="text-muted">{person.company ?? '—'}</span>,
                },
                {
                  id: 'since',
                  header: say.since,
                  align: 'right',
                  className: 'max-sm:hidden',
                  cell: (person) => <span className="text-muted">{format.day(person.created_at)}</span>,
                },
              ]}
            />
          )}
        </SettingsSection>
        {found.data && found.data.pagination.total_pages > 1 && (
          <Pagination info={found.data.pagination} onPage={setPage} />
        )}
      </SettingsPage>
    </div>
  )
}
