import { CompanySettings } from '@/features/accounts/company-settings'

export default function CompaniesPage() {
  return <CompanySettings />
}
