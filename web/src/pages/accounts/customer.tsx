import { useSuspenseQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { Link, useParams } from 'react-router'

import { CustomerDialog } from '@/features/accounts/customer-dialog'
import { OwnFields } from '@/features/fields/own-fields'
import { peopleQueries } from '@/features/accounts/people-api'
import { strings } from '@/features/accounts/people-strings'
import { PersonNotes } from '@/features/accounts/person-notes'
import { TicketHistory } from '@/features/accounts/ticket-history'
import { Avatar, Button, PageHeader, useFormat, useStrings } from '@/ui'

/** A customer: who they are, all their tickets, what staff noted. */
export default function CustomerPage() {
  const say = useStrings(strings)
  const format = useFormat()
  const { customerId = '' } = useParams()
  const { data: customer } = useSuspenseQuery(peopleQueries.customer(customerId))
  const [isEditing, edit] = useState(false)
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-6xl px-5 py-8 sm:px-8">
        <PageHeader
          back={{ to: '/app/customers', label: say.customers }}
          title={customer.name}
          description={customer.email}
          meta={
            <>
              <Avatar name={customer.name} size="sm" />
              {customer.company_id ? (
                <Link to={`/app/companies/${customer.company_id}`} className="text-accent-text hover:underline">
                  {customer.company}
                </Link>
              ) : (
                say.noCompany
              )}
              <span>
                · {say.since} {format.day(customer.created_at)}
              </span>
            </>
          }
          actions={
            <Button icon={<Pencil />} onClick={() => edit(true)}>
              {say.edit}
            </Button>
          }
        />
        <div className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
          <TicketHistory customerIds={[customer.id]} />
          <div className="space-y-6">
            <OwnFields of="customer" id={customer.id} values={customer.custom_fields} />
            <PersonNotes of="customers" id={customer.id} />
          </div>
        </div>
      </div>
      {isEditing && <CustomerDialog customer={customer} onClose={() => edit(false)} />}
    </div>
  )
}
