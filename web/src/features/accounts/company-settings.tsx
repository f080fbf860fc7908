import { useQuery } from '@tanstack/react-query'
import { Building2, Plus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useNavigate } from 'react-router'

import {
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  Field,
  fieldError,
  Form,
  FormActions,
  FormError,
  Input,
  Pagination,
  SearchInput,
  SettingsPage,
  SettingsSection,
  Table,
  Textarea,
  toast,
  useFormat,
  useStrings,
} from '@/ui'

import { peopleQueries, useSaveCompany, type Company } from './people-api'
import { strings } from './people-strings'

export function CompanySettings() {
  const say = useStrings(strings)
  const format = useFormat()
  const navigate = useNavigate()
  const [words, setWords] = useState('')
  const [page, setPage] = useState(1)
  const [isNew, makeNew] = useState(false)
  const found = useQuery(peopleQueries.companies(useDeferredValue(words), page))
  return (
    <SettingsPage
      title={say.companies}
      description={say.companiesHint}
      actions={
        <Button variant="primary" icon={<Plus />} onClick={() => makeNew(true)}>
          {say.newCompany}
        </Button>
      }
    >
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
          <Table<Company>
            label={say.companies}
            rows={found.data?.companies}
            rowKey={(company) => company.id}
            onOpen={(company) => void navigate(`/app/companies/${company.id}`)}
            empty={
              <EmptyState icon={<Building2 />} title={words ? say.nobody : say.noCompanies}>
                {words ? undefined : say.noCompaniesHint}
              </EmptyState>
            }
            columns={[
              { id: 'name', header: say.name, cell: (company) => <span className="font-medium">{company.name}</span> },
              {
                id: 'domains',
                header: say.domains,
                className: 'max-sm:hidden',
                cell: (company) => <span className="text-muted">{company.domains.join(', ') || '—'}</span>,
              },
              {
                id: 'people',
                header: say.people,
                align: 'right',
                cell: (company) => <span className="tabular text-muted">{format.number(company.people)}</span>,
              },
            ]}
          />
        )}
      </SettingsSection>
      {found.data && found.data.pagination.total_pages > 1 && <Pagination info={found.data.pagination} onPage={setPage} />}
      {isNew && <CompanyDialog company={null} onClose={() => makeNew(false)} />}
    </SettingsPage>
  )
}

export function CompanyDialog({ company, onClose }: { company: Company | null; onClose: () => void }) {
  const say = useStrings(strings)
  const save = useSaveCompany()
  const [name, setName] = useState(company?.name ?? '')
  const [domains, setDomains] = useState(company?.domains.join(', ') ?? '')
  const [notes, setNotes] = useState(company?.notes ?? '')
  const submit = async (): Promise<void> => {
    const list = domains.split(/[\s,;]+/).filter(Boolean)
    await save.mutateAsync({ id: company?.id, name, domains: list, notes })
    toast(say.saved)
    onClose()
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={company ? say.editCompany : say.newCompany}>
      <Form onSubmit={() => submit().catch(() => undefined)}>
        <FormError error={save.error} fields={['name', 'domains']} />
        <Field label={say.name} isRequired error={fieldError(save.error, 'name')}>
          <Input value={name} autoFocus maxLength={80} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={say.domains} hint={say.domainsHint} error={fieldError(save.error, 'domains')}>
          <Input value={domains} placeholder="acme.com, acme.de" onChange={(event) => setDomains(event.target.value)} />
        </Field>
        <Field label={say.notes} isOptional>
          <Textarea rows={3} value={notes} onChange={(event) => setNotes(event.target.value)} />
        </Field>
        <FormActions isBusy={save.isPending} isDirty={name.trim() !== ''} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}
