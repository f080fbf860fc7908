/** What the composer offers: `/` canned responses and `{{` placeholders, both filled in for this ticket, `@` colleagues. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { AtSign, Braces, Slash } from 'lucide-react'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'

import { http } from '@/api/client'
import { directoryQueries } from '@/features/tickets/agent/queries'
import { Avatar } from '@/ui/avatar'
import { cx } from '@/ui/class-names'
import { defineStrings, useStrings } from '@/ui/locale'
import { toast, toastError } from '@/ui/toast'

import { cannedQuery, placeholdersQuery, type Canned } from './queries'

const strings = defineStrings(
  {
    canned: 'Canned responses',
    colleagues: 'Mention a colleague',
    placeholders: 'Insert what is known of this ticket',
    noValue: 'not known',
    none: 'Nothing matches. Esc goes on writing.',
    unresolved: (names: string) => `Not inserted: ${names} has no value on this ticket.`,
  },
  {
    canned: 'Textbausteine',
    colleagues: 'Jemanden erwähnen',
    placeholders: 'Einfügen, was über dieses Ticket bekannt ist',
    noValue: 'nicht bekannt',
    none: 'Nichts passt. Esc schreibt weiter.',
    unresolved: (names: string) => `Nicht eingefügt: ${names} hat an diesem Ticket keinen Wert.`,
  },
)

interface SuggestionsProps {
  ticketId: string
  query: { trigger: '/' | '@' | '{{'; text: string }
  onApply: (replacement: string) => void
  onDismiss: () => void
}

export function Suggestions(props: SuggestionsProps) {
  if (props.query.trigger === '/') return <CannedSuggestions {...props} />
  return props.query.trigger === '@' ? <MentionSuggestions {...props} /> : <PlaceholderSuggestions {...props} />
}

function CannedSuggestions({ ticketId, query, onApply, onDismiss }: SuggestionsProps) {
  const say = useStrings(strings)
  const { data: all = [] } = useQuery(cannedQuery())
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = all.filter((item) => words.every((word) => `${item.shortcut} ${item.title} ${item.folder} ${item.body}`.toLowerCase().includes(word)))
  const { mutate } = useMutation({
    mutationFn: (item: Canned) => http.post<{ text: string; unresolved: string[] }>(`/admin/canned-responses/${item.id}/use`, { ticket_id: ticketId }),
    onSuccess: ({ text, unresolved }) => {
      if (unresolved.length > 0) toast(say.unresolved(unresolved.join(', ')), { tone: 'danger' })
      onApply(text)
    },
    onError: (error) => toastError(error),
  })
  return (
    <Panel
      title={say.canned}
      icon={<Slash />}
      items={found.slice(0, 8)}
      keyOf={(item) => item.id}
      onPick={(item) => mutate(item)}
      onDismiss={onDismiss}
      none={say.none}
      render={(item) => (
        <>
          <span className="flex items-baseline gap-2">
            <span className="truncate font-medium">{item.title}</span>
            {item.shortcut && <span className="font-mono text-xs text-faint">/{item.shortcut}</span>}
            <span className="ml-auto text-xs text-faint">{item.folder}</span>
          </span>
          <span className="block truncate text-xs text-muted">{item.body}</span>
        </>
      )}
    />
  )
}

function MentionSuggestions({ query, onApply, onDismiss }: SuggestionsProps) {
  const say = useStrings(strings)
  const { data: agents = [] } = useQuery(directoryQueries.agents())
  const word = query.text.toLowerCase()
  const found = agents.filter((agent) => agent.name.toLowerCase().includes(word) || agent.email.startsWith(word))
  return (
    <Panel
      title={say.colleagues}
      icon={<AtSign />}
      items={found.slice(0, 6)}
      keyOf={(agent) => agent.id}
      onPick={(agent) => onApply(`@[${agent.name}](${agent.id}) `)}
      onDismiss={onDismiss}
      none={say.none}
      render={(agent) => (
        <span className="flex items-center gap-2">
          <Avatar name={agent.name} size="xs" /> {agent.name}
          <span className="truncate text-xs text-faint">{agent.email}</span>
        </span>
      )}
    />
  )
}

/** Each with its value on this ticket, which is what gets written. */
function PlaceholderSuggestions({ ticketId, query, onApply, onDismiss }: SuggestionsProps) {
  const say = useStrings(strings)
  const { data: all = [] } = useQuery(placeholdersQuery(ticketId))
  const word = query.text.toLowerCase()
  const found = all.filter((one) => one.name.includes(word) || one.description.toLowerCase().includes(word))
  return (
    <Panel
      title={say.placeholders}
      icon={<Braces />}
      items={found.slice(0, 8)}
      keyOf={(one) => one.name}
      onPick={(one) => (one.value ? onApply(one.value) : onDismiss())}
      onDismiss={onDismiss}
      none={say.none}
      render={(one) => (
        <>
          <span className="flex items-baseline gap-2">
            <span className={cx('truncate font-medium', !one.value && 'text-faint')}>{one.value || say.noValue}</span>
            <span className="ml-auto shrink-0 font-mono text-xs text-faint">{one.name}</span>
          </span>
          <span className="block truncate text-xs text-muted">{one.description}</span>
        </>
      )}
    />
  )
}

interface PanelProps<T> {
  title: string
  icon: ReactNode
  items: T[]
  keyOf: (item: T) => string
  render: (item: T) => ReactNode
  onPick: (item: T) => void
  onDismiss: () => void
  none: string
}

/** A list above the caret: arrows move, Enter or Tab takes, Esc goes on writing. */
function Panel<T>({ title, icon, items, keyOf, render, onPick, onDismiss, none }: PanelProps<T>) {
  const [chosen, setChosen] = useState(0)
  const at = Math.min(chosen, Math.max(0, items.length - 1))
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const item = items[at]
    if (event.key === 'ArrowDown') setChosen((at + 1) % Math.max(1, items.length))
    else if (event.key === 'ArrowUp') setChosen((at - 1 + items.length) % Math.max(1, items.length))
    else if ((event.key === 'Enter' || event.key === 'Tab') && item) onPick(item)
    else if (event.key === 'Escape') onDismiss()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    // Before the text field sees them.
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])
  return (
    <div className="floating max-h-80 animate-pop overflow-y-auto rounded-md bg-overlay p-1">
      <p className="flex items-center gap-1.5 px-2 py-1 text-xs font-medium text-faint [&_svg]:size-3">
        {icon} {title}
      </p>
      {items.length === 0 && <p className="px-2 pb-1.5 text-sm text-muted">{none}</p>}
      {items.map((item, index) => (
        <button
          key={keyOf(item)}
          type="button"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(item)}
          onPointerMove={() => setChosen(index)}
          className={cx('block w-full rounded-sm px-2 py-1.5 text-left text-sm', index === at && 'bg-press')}
        >
          {render(item)}
        </button>
      ))}
    </div>
  )
}
