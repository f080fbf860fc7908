import { ProfileSections } from '@/features/accounts/profile'
import { SecondFactor } from '@/features/accounts/second-factor'
import { strings } from '@/features/accounts/strings'
import { useStrings } from '@/ui/locale'
import { SettingsPage } from '@/ui/page'

export default function ProfilePage() {
  const say = useStrings(strings)
  return (
    <SettingsPage title={say.profile} description={say.profileHint}>
      <ProfileSections />
      <SecondFactor />
    </SettingsPage>
  )
}
