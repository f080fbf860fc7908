/** What lists of settings have in common: loading, failing, being empty; the menu of a row; asking before a deletion. */
import type { UseQueryResult } from '@tanstack/react-query'
import { MoreHorizontal, Pencil, Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'

import { Button, IconButton } from './button'
import { ConfirmDialog } from './dialog'
import { useStrings } from './locale'
import { Menu, type MenuEntry } from './menu'
import { EmptyState, ErrorState, SkeletonRows } from './states'
import { strings } from './strings'

interface ListedProps<T> {
  query: Pick<UseQueryResult<T[]>, 'data' | 'error' | 'refetch'>
  /** What to show of the data; without it all. */
  only?: (row: T) => boolean
  skeletons?: number
  empty: { icon: ReactNode; title: string; hint?: string; action?: ReactNode }
  children: (rows: T[]) => ReactNode
}

/** The rows of a query, or what is there instead of them. */
export function Listed<T>({ query, only, skeletons = 3, empty, children }: ListedProps<T>) {
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <SkeletonRows rows={skeletons} />
  const rows = only ? query.data.filter(only) : query.data
  if (rows.length > 0) return children(rows)
  return (
    <EmptyState icon={empty.icon} title={empty.title} action={empty.action}>
      {empty.hint}
    </EmptyState>
  )
}

interface NewButtonProps {
  label: string
  onClick: () => void
}

/** The one main button of a list. */
export function NewButton({ label, onClick }: NewButtonProps) {
  return (
    <Button variant="primary" icon={<Plus />} onClick={onClick}>
      {label}
    </Button>
  )
}

interface RowMenuProps {
  onEdit?: (() => void) | undefined
  /** Between editing and deleting. */
  items?: MenuEntry[]
  onDelete?: (() => void) | undefined
}

/** What can be done with a row: edit first, delete last and apart. */
export function RowMenu({ onEdit, items = [], onDelete }: RowMenuProps) {
  const say = useStrings(strings)
  return (
    <Menu
      trigger={<IconButton label={say.moreActions} icon={<MoreHorizontal />} size="sm" />}
      items={[
        onEdit && { label: say.edit, icon: <Pencil />, onSelect: onEdit },
        ...items,
        onDelete && 'separator',
        onDelete && { label: say.delete, icon: <Trash2 />, isDanger: true, onSelect: onDelete },
      ]}
    />
  )
}

interface DeleteDialogProps<T> {
  /** What is to be deleted; null while nobody asks. */
  item: T | null
  title: (item: T) => string
  hint: string | ((item: T) => string)
  onDelete: (item: T) => Promise<unknown>
  onClose: () => void
  confirmLabel?: string
}

/** Asks before something is deleted. */
export function DeleteDialog<T>({ item, title, hint, onDelete, onClose, confirmLabel }: DeleteDialogProps<T>) {
  const say = useStrings(strings)
  return (
    <ConfirmDialog
      isOpen={item !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={item ? title(item) : ''}
      description={item ? (typeof hint === 'string' ? hint : hint(item)) : ''}
      confirmLabel={confirmLabel ?? say.delete}
      onConfirm={() => item && onDelete(item)}
    />
  )
}
