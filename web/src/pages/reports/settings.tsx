import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'

import { http } from '@/api/client'
import { reportQueries } from '@/features/reports/queries'
import { strings } from '@/features/reports/strings'
import { slaQueries } from '@/features/sla/queries'
import {
  Button,
  ErrorState,
  Field,
  fieldError,
  Form,
  FormActions,
  FormError,
  SettingsPage,
  SettingsSection,
  Skeleton,
  toast,
  toastError,
  useStrings,
} from '@/ui'
import { Combobox } from '@/ui/combobox'

/** The desk's time zone, and counting everything anew. */
export default function ReportSettingsPage() {
  const say = useStrings(strings)
  const { data, error, refetch } = useQuery(reportQueries.settings())
  return (
    <SettingsPage title={say.settingsTitle} description={say.settingsAbout} back={{ to: '/app/reports', label: say.title }}>
      <SettingsSection title={say.deskZone} description={say.deskZoneAbout}>
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton className="h-24" />}
        {data && <ZoneForm key={data.timezone} timezone={data.timezone} />}
      </SettingsSection>
      <Recount />
    </SettingsPage>
  )
}

function ZoneForm({ timezone }: { timezone: string }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [zone, setZone] = useState(timezone)
  const { data: places } = useQuery(slaQueries.places())
  const save = useMutation({
    mutationFn: () => http.put('/admin/report-settings', { timezone: zone }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: reportQueries.all })
      toast(say.zoneSaved)
    },
  })
  const names = places?.timezones ?? [zone]
  return (
    <Form onSubmit={() => save.mutate()}>
      <FormError error={save.error} fields={['timezone']} />
      <Field label={say.timezone} error={fieldError(save.error, 'timezone')}>
        <Combobox
          value={zone}
          onChange={(next) => setZone(next ?? zone)}
          options={names.map((name) => ({ value: name, label: name.replaceAll('_', ' '), keywords: [name] }))}
        />
      </Field>
      <FormActions isBusy={save.isPending} isDirty={zone !== timezone} />
    </Form>
  )
}

function Recount() {
  const say = useStrings(strings)
  const recount = useMutation({
    mutationFn: () => http.post<{ message: string }>('/admin/reports/rebuild'),
    onSuccess: (answer) => toast(answer.message),
    onError: (error) => toastError(error),
  })
  return (
    <SettingsSection title={say.recountTitle} description={say.recountAbout}>
      <Button icon={<RefreshCw />} isBusy={recount.isPending} onClick={() => recount.mutate()}>
        {say.recount}
      </Button>
    </SettingsSection>
  )
}
