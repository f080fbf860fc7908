import { LabelSettings } from '@/features/fields/labels'

export default function TagsPage() {
  return <LabelSettings kind="tags" />
}
