import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'

import { Dialog, Field, fieldError, Form, FormActions, FormError, Input, toast, useStrings } from '@/ui'
import { Combobox } from '@/ui/combobox'

import { peopleQueries, useSaveCustomer, type Person } from './people-api'
import { strings } from './people-strings'

export function CustomerDialog({ customer, onClose }: { customer: Person; onClose: () => void }) {
  const say = useStrings(strings)
  const save = useSaveCustomer()
  const [name, setName] = useState(customer.name)
  const [companyId, setCompany] = useState(customer.company_id)
  const [words, setWords] = useState('')
  const { data } = useQuery(peopleQueries.companies(useDeferredValue(words), 1))
  const options = (data?.companies ?? []).map((company) => ({ value: company.id, label: company.name }))
  if (customer.company_id && !options.some((option) => option.value === customer.company_id)) {
    options.unshift({ value: customer.company_id, label: customer.company ?? '' })
  }
  const submit = async (): Promise<void> => {
    await save.mutateAsync({ id: customer.id, name, company_id: companyId })
    toast(say.saved)
    onClose()
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={customer.name}>
      <Form onSubmit={() => submit().catch(() => undefined)}>
        <FormError error={save.error} fields={['name']} />
        <Field label={say.name} isRequired error={fieldError(save.error, 'name')}>
          <Input value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={say.company}>
          <Combobox
            isClearable
            placeholder={say.noCompany}
            value={companyId}
            options={options}
            onSearch={setWords}
            onChange={setCompany}
          />
        </Field>
        <FormActions isBusy={save.isPending} isDirty={name.trim() !== ''} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}
