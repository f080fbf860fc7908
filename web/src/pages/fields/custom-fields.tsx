import { CustomFieldSettings } from '@/features/fields/custom-fields'

export default function CustomFieldsPage() {
  return <CustomFieldSettings />
}
