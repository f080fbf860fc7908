import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'

import { CompanyDialog } from '@/features/accounts/company-settings'
import { OwnFields } from '@/features/fields/own-fields'
import { peopleQueries, useDeleteCompany } from '@/features/accounts/people-api'
import { strings } from '@/features/accounts/people-strings'
import { PersonNotes } from '@/features/accounts/person-notes'
import { TicketHistory } from '@/features/accounts/ticket-history'
import { Avatar, Button, ConfirmDialog, PageHeader, SettingsSection, useStrings } from '@/ui'

/** A company: its people, the timeline of their tickets, what staff noted. */
export default function CompanyPage() {
  const say = useStrings(strings)
  const navigate = useNavigate()
  const { companyId = '' } = useParams()
  const { data: company } = useSuspenseQuery(peopleQueries.company(companyId))
  const { data: people } = useQuery(peopleQueries.customers('', 1, companyId))
  const remove = useDeleteCompany()
  const [isEditing, edit] = useState(false)
  const [isDeleting, askDelete] = useState(false)
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-6xl px-5 py-8 sm:px-8">
        <PageHeader
          back={{ to: '/app/settings/companies', label: say.companies }}
          title={company.name}
          description={company.domains.join(', ') || undefined}
          actions={
            <>
              <Button icon={<Pencil />} onClick={() => edit(true)}>
                {say.edit}
              </Button>
              <Button variant="quiet-danger" icon={<Trash2 />} onClick={() => askDelete(true)}>
                {say.delete}
              </Button>
            </>
          }
        />
        <div className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
          <TicketHistory customerIds={(people?.users ?? []).map((person) => person.id)} />
          <div className="space-y-6">
            <SettingsSection title={`${say.people} · ${company.people}`} isFlush>
              <ul className="divide-y divide-line">
                {people?.users.map((person) => (
                  <li key={person.id}>
                    <Link to={`/app/customers/${person.id}`} className="flex items-center gap-3 px-5 py-2.5 hover:bg-hover">
                      <Avatar name={person.name} size="sm" />
                      <span className="min-w-0">
                        <span className="block truncate text-sm font-medium">{person.name}</span>
                        <span className="block truncate text-xs text-muted">{person.email}</span>
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            </SettingsSection>
            {company.notes && (
              <SettingsSection title={say.description}>
                <p className="text-sm whitespace-pre-wrap">{company.notes}</p>
              </SettingsSection>
            )}
            <OwnFields of="company" id={company.id} values={company.custom_fields} />
            <PersonNotes of="companies" id={company.id} />
          </div>
        </div>
      </div>
      {isEditing && <CompanyDialog company={company} onClose={() => edit(false)} />}
      <ConfirmDialog
        isOpen={isDeleting}
        onOpenChange={askDelete}
        title={say.deleteCompanyTitle(company.name)}
        description={say.deleteCompanyHint}
        confirmLabel={say.delete}
        onConfirm={async () => {
          await remove.mutateAsync(company.id)
          void navigate('/app/settings/companies')
        }}
      />
    </div>
  )
}
