import { ProfileSections } from '@/features/accounts/profile'
import { strings } from '@/features/accounts/strings'
import { useStrings } from '@/ui/locale'
import { PageHeader } from '@/ui/page'

export default function PortalProfilePage() {
  const say = useStrings(strings)
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={say.profile} description={say.profileHint} />
      <div className="space-y-6">
        <ProfileSections />
      </div>
    </div>
  )
}
