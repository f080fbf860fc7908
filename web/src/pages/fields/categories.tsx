import { LabelSettings } from '@/features/fields/labels'

export default function CategoriesPage() {
  return <LabelSettings kind="categories" />
}
