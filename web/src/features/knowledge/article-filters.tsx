import { useQuery } from '@tanstack/react-query'

import { SearchInput } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Select, type SelectProps } from '@/ui/select'

import { knowledgeQueries, type ArticleFilters } from './api'
import { strings } from './strings'
import { inTreeOrder } from './topic-options'

const ANY = 'any'
const NO_CONTEXT = 'none'

interface FilterBarProps {
  filters: ArticleFilters
  onChange: (change: Partial<ArticleFilters>) => void
}

/** Search and filters of the list; what they say stands in the address. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const say = useStrings(strings)
  const { data: topics = [] } = useQuery(knowledgeQueries.topics())
  const { data: contexts = [] } = useQuery(knowledgeQueries.contexts())
  const set = (name: keyof ArticleFilters) => (value: string) => onChange({ [name]: value === ANY ? undefined : value })
  const shown = filters.context === undefined ? inTreeOrder(topics) : inTreeOrder(topics, filters.context || null)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput
        label={say.search}
        value={filters.search ?? ''}
        onChange={(search) => onChange({ search: search || undefined })}
        className="w-full sm:w-64"
      />
      <Choice
        aria-label={say.filterStatus}
        value={filters.status ?? ANY}
        onChange={set('status')}
        options={[
          { value: ANY, label: say.anyStatus },
          { value: 'published', label: say.published },
          { value: 'draft', label: say.draft },
          { value: 'archived', label: say.archived },
        ]}
      />
      <Choice
        aria-label={say.filterContext}
        value={filters.context === undefined ? ANY : filters.context || NO_CONTEXT}
        onChange={(value) => onChange({ context: value === ANY ? undefined : value === NO_CONTEXT ? '' : value, category_id: undefined })}
        options={[
          { value: ANY, label: say.anyContext },
          { value: NO_CONTEXT, label: say.noContext },
          ...contexts.map((name) => ({ value: name, label: name })),
        ]}
      />
      <Choice
        aria-label={say.filterTopic}
        value={filters.category_id ?? ANY}
        onChange={set('category_id')}
        options={[
          { value: ANY, label: say.anyTopic },
          { value: 'none', label: say.noTopic },
          ...shown.map((topic) => ({
            value: topic.id,
            label: `${'  '.repeat(topic.depth)}${topic.name}`,
            ...(filters.context === undefined && topic.context && { hint: topic.context }),
          })),
        ]}
      />
      <Choice
        aria-label={say.filterVisibility}
        value={filters.visibility ?? ANY}
        onChange={set('visibility')}
        options={[
          { value: ANY, label: say.anyVisibility },
          { value: 'public', label: say.public },
          { value: 'internal', label: say.internal },
        ]}
      />
    </div>
  )
}

function Choice(props: SelectProps<string>) {
  return (
    <div className="min-w-36 flex-1 sm:max-w-44">
      <Select {...props} />
    </div>
  )
}
