import { useQuery } from '@tanstack/react-query'
import { BookmarkPlus, CircleHelp, Download, ListFilter, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'

import { http } from '@/api/client'
import { Button, IconButton } from '@/ui/button'
import { useStrings } from '@/ui/locale'
import { Popover } from '@/ui/popover'
import { SkeletonText } from '@/ui/states'
import { Tooltip } from '@/ui/tooltip'

import { filterOf, type View } from './agent/queries'
import { fieldsIn, useFieldWords, withField } from './field-words'
import { strings } from './filter-strings'
import { NAMES, useChoices } from './filters'

const FilterPanel = lazy(() => import('./filter-panel'))
const ViewDialog = lazy(() => import('./view-dialog'))

interface FilterBarProps {
  view: View | undefined
  search: URLSearchParams
  onSearch: (next: URLSearchParams, options?: { replace: boolean }) => void
  onViewSaved: (id: string) => void
}

/** The filters of a list as they stand in the address: chosen in a panel, shown as chips, kept as a view. */
export function FilterBar({ view, search, onSearch, onViewSaved }: FilterBarProps) {
  const say = useStrings(strings)
  const [isSaving, setSaving] = useState(false)
  const chosen = NAMES.filter((name) => search.get(name))
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    onSearch(next, { replace: true })
  }
  const clear = (): void => {
    const next = new URLSearchParams(search)
    for (const name of [...NAMES, 'field']) next.delete(name)
    onSearch(next, { replace: true })
  }
  const fields = [...fieldsIn(search)]
  const count = chosen.length + fields.length
  const inWords = useFieldWords()
  const isSomething = count > 0 || Boolean(search.get('search')) || Boolean(search.get('sort'))
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Popover
        label={say.filters}
        className="max-h-[min(32rem,80dvh)] overflow-y-auto"
        trigger={
          <Button size="sm" variant={count > 0 ? 'secondary' : 'ghost'} icon={<ListFilter />}>
            {count > 0 ? say.active(count) : say.filter}
          </Button>
        }
      >
        <Suspense fallback={<SkeletonText lines={8} />}>
          <FilterPanel search={search} onSet={set} onSearch={(next) => onSearch(next, { replace: true })} />
        </Suspense>
      </Popover>
      {chosen.map((name) => (
        <NamedChip key={name} name={name} value={search.get(name) ?? ''} onRemove={() => set(name, '')} />
      ))}
      {fields.map(([key, value]) => (
        <Chip key={key} {...inWords(key, value)} onRemove={() => onSearch(withField(search, key, ''), { replace: true })} />
      ))}
      {count > 1 && <IconButton label={say.clear} icon={<X />} size="sm" onClick={clear} />}
      <span className="flex-1" />
      {(isSomething || view?.may_edit) && (
        <IconButton label={view?.may_edit ? say.editView : say.saveView} icon={<BookmarkPlus />} size="sm" onClick={() => setSaving(true)} />
      )}
      <Tooltip label={say.export}>
        <Button asChild size="sm" variant="ghost" className="w-7 !px-0">
          <a href={exportUrl(view, search)} download aria-label={say.export}>
            <Download aria-hidden />
          </a>
        </Button>
      </Tooltip>
      <SearchHelp />
      <Suspense>{isSaving && <ViewDialog view={view} search={search} isOpen onOpenChange={setSaving} onSaved={onViewSaved} />}</Suspense>
    </div>
  )
}

/** The list as it stands, for a spreadsheet. */
function exportUrl(view: View | undefined, search: URLSearchParams): string {
  const query = new URLSearchParams()
  for (const [name, values] of Object.entries(filterOf(view, search))) {
    for (const value of [values].flat()) query.append(name, value)
  }
  return `/admin/tickets/export?${query}`
}

function NamedChip({ name, value, onRemove }: { name: (typeof NAMES)[number]; value: string; onRemove: () => void }) {
  const say = useStrings(strings)
  const choices = useChoices()
  const named = (choices as Record<string, { value: string; label: string }[]>)[name]?.find((one) => one.value === value)?.label
  const word = (say as Record<string, unknown>)[value]
  return <Chip label={say[name]} word={named ?? (typeof word === 'string' ? word : value)} onRemove={onRemove} />
}

function Chip({ label, word, onRemove }: { label: string; word: string; onRemove: () => void }) {
  const say = useStrings(strings)
  return (
    <span className="inline-flex h-6 items-center gap-1 rounded-full bg-accent-soft pr-0.5 pl-2 text-xs text-accent-text">
      <span className="max-w-40 truncate">
        {label}: {word}
      </span>
      <button
        type="button"
        aria-label={say.remove(label)}
        onClick={onRemove}
        className="grid size-5 place-items-center rounded-full hover:bg-hover"
      >
        <X className="size-3" aria-hidden />
      </button>
    </span>
  )
}

interface Operator {
  name: string
  example: string
  explanation: string
}

/** The operators of the search box, from the server that reads them. */
function SearchHelp() {
  const say = useStrings(strings)
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery({
    queryKey: ['inbox', 'operators'],
    queryFn: () => http.get<{ operators: Operator[] }>('/inbox/operators'),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isOpen,
  })
  return (
    <Popover
      label={say.operators}
      align="end"
      isOpen={isOpen}
      onOpenChange={setOpen}
      className="max-h-[min(30rem,80dvh)] w-104 overflow-y-auto"
      trigger={<IconButton label={say.operators} icon={<CircleHelp />} size="sm" />}
    >
      <p className="mb-2 text-sm text-muted">{say.operatorsHint}</p>
      {!data && <SkeletonText lines={6} />}
      <dl className="grid gap-1.5 text-sm">
        {data?.operators.map((one) => (
          <div key={one.name} className="grid grid-cols-[11rem_1fr] gap-2">
            <dt>
              <code className="rounded-xs bg-press px-1 py-0.5 font-mono text-xs">{one.example}</code>
            </dt>
            <dd className="text-muted">{one.explanation}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  )
}
