import { useNavigate } from 'react-router'

import { may, useUser } from '@/features/accounts/session'
import { useLocale, useStrings } from '@/ui/locale'
import { useCommands } from '@/ui/shortcuts'

import { settings } from './navigation'
import { inLanguage } from './rail'
import { strings } from './strings'

/** Every page of the settings as a command, for the palette; loaded with it. */
export default function SettingsCommands() {
  const say = useStrings(strings)
  const user = useUser()
  const navigate = useNavigate()
  const { locale } = useLocale()
  useCommands(
    settings
      .filter((entry) => may(user, entry.permission))
      .map((entry) => ({
        id: `settings.${entry.to}`,
        label: inLanguage(entry.label, locale),
        group: say.settings,
        keywords: `${inLanguage(entry.about, locale)} ${entry.keywords ?? ''}`,
        run: () => void navigate(`/app/settings/${entry.to}`),
      })),
  )
  return null
}
