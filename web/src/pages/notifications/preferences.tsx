import { useQuery } from '@tanstack/react-query'

import { notificationQueries, useSavePreference, type Preference } from '@/features/notifications/api'
import { strings } from '@/features/notifications/strings'
import { ErrorState, SettingsPage, SettingsSection, Switch, Table, toastError, useStrings } from '@/ui'

export default function NotificationPreferencesPage() {
  const say = useStrings(strings)
  const found = useQuery(notificationQueries.preferences)
  const save = useSavePreference()
  const label = ({ kind, label: word }: Preference): string => say.kinds[kind] ?? word
  const set = (preference: Preference): void => save.mutate(preference, { onError: (error) => toastError(error) })
  return (
    <SettingsPage title={say.preferences} description={say.preferencesHint}>
      <SettingsSection isFlush>
        {found.error ? (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <Table<Preference>
            label={say.preferences}
            rows={found.data}
            rowKey={(preference) => preference.kind}
            columns={[
              { id: 'event', header: say.event, cell: (preference) => label(preference) },
              {
                id: 'in_app',
                header: say.inApp,
                className: 'w-32',
                cell: (preference) => (
                  <Switch
                    aria-label={say.inAppFor(label(preference))}
                    checked={preference.in_app}
                    onChange={(in_app) => set({ ...preference, in_app })}
                  />
                ),
              },
              {
                id: 'by_mail',
                header: say.byMail,
                className: 'w-28',
                cell: (preference) => (
                  <Switch
                    aria-label={say.byMailFor(label(preference))}
                    checked={preference.by_mail}
                    onChange={(by_mail) => set({ ...preference, by_mail })}
                  />
                ),
              },
            ]}
          />
        )}
      </SettingsSection>
    </SettingsPage>
  )
}
