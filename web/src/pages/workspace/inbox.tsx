import { useQuery } from '@tanstack/react-query'
import { ArrowDownUp, Menu as MenuIcon, MessagesSquare, Rows3 } from 'lucide-react'
import { Suspense, useMemo, useRef, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'

import { filterOf, inboxQueries } from '@/features/inbox/agent/queries'
import { strings } from '@/features/inbox/agent/strings'
import { TicketList, type Loaded } from '@/features/inbox/agent/ticket-list'
import { useSelection } from '@/features/inbox/agent/use-selection'
import { ViewsPane } from '@/features/inbox/agent/views-pane'
import { FilterBar } from '@/features/inbox/filter-bar'
import { slaBadge } from '@/features/sla/sla-pill'
import { IconButton } from '@/ui/button'
import { Catch } from '@/ui/catch'
import { Sheet } from '@/ui/dialog'
import { SearchInput } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Menu } from '@/ui/menu'
import { usePageTitle } from '@/ui/page'
import { ResizablePanels } from '@/ui/panels'
import { useAwaited, useCommands } from '@/ui/shortcuts'
import { EmptyState, SkeletonText } from '@/ui/states'

import { BulkBar } from './bulk-bar'
import { DetailsPane } from './details-pane'
import { isNumber, TicketByNumber } from './ticket-by-number'
import { TicketFailed } from './ticket-failed'
import { TicketPane } from './ticket-pane'
import { useMedia } from './use-media'
import { useQuickActions } from './use-quick-actions'
import { useRemembered } from '@/ui/remembered'

const SORTS = {
  newest: { sort: 'updated_at', order: 'desc' },
  oldest: { sort: 'updated_at', order: 'asc' },
  byDue: { sort: 'next_due_at', order: 'asc' },
  byPriority: { sort: 'priority', order: 'desc' },
} as const

/** The agents' inbox: views, list, conversation and details side by side; one at a time on a phone. */
export default function InboxPage() {
  const say = useStrings(strings)
  const { view: viewId = 'mine', ticketId } = useParams()
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const { data: views } = useQuery(inboxQueries.views())
  const view = views?.find((one) => one.id === viewId)
  // Below it the conversation would be too narrow to read: views and details come as sheets.
  const isNarrow = useMedia('(width < 80rem)')
  const isTight = useMedia('(width < 88rem)')
  const isPhone = useMedia('(width < 48rem)')
  const [areDetailsOpen, setDetailsOpen] = useRemembered('deskwell.details', true)
  const [areViewsOpen, setViewsOpen] = useState(false)
  const [isSheetOpen, setSheetOpen] = useState(false)
  const [failedId, setFailedId] = useState<string | null>(null)
  const title = (view?.is_built_in && say.standard[view.id]) || view?.name || say.inbox
  usePageTitle(title)
  useCommands([Boolean(ticketId) && { id: 'list.back', label: say.backToList, keys: 'u', group: say.listGroup, run: () => back() }])

  const query = search.toString()
  const expect = useAwaited(ticketId ?? null, () => !window.location.pathname.endsWith(ticketId ?? ''))
  const open = (id: string): void => {
    expect(id) // at once: keys pressed from now on are meant for it, and not for what is still shown
    void navigate({ pathname: `/app/inbox/${viewId}/${id}`, search: query })
  }
  const back = (): void => void navigate({ pathname: `/app/inbox/${viewId}`, search: query })

  const list = (
    <ListPane
      key={viewId}
      title={title}
      viewId={viewId}
      search={search}
      onSearch={setSearch}
      activeId={ticketId}
      onOpen={open}
      onViews={isNarrow ? () => setViewsOpen(true) : undefined}
    />
  )
  const conversation = ticketId ? (
    <Catch at={ticketId} failed={(error, retry) => <TicketFailed ticketId={ticketId} error={error} onRetry={retry} onShown={setFailedId} onBack={back} isAlone={isPhone} />}>
      <Suspense key={ticketId} fallback={<div className="p-8"><SkeletonText lines={6} /></div>}>
        {isNumber(ticketId) ? (
          <TicketByNumber number={ticketId} addressOf={(id) => `/app/inbox/${viewId}/${id}`} />
        ) : (
          <TicketPane
            ticketId={ticketId}
            areDetailsOpen={areDetailsOpen && !isNarrow}
            onDetails={() => (isNarrow ? setSheetOpen(true) : setDetailsOpen(!areDetailsOpen))}
            {...(isPhone && { onBack: back })}
          />
        )}
      </Suspense>
    </Catch>
  ) : (
    <div className="grid h-full place-items-center bg-canvas">
      <EmptyState isPage icon={<MessagesSquare />} title={say.chooseTicket}>
        {say.chooseTicketHint}
      </EmptyState>
    </div>
  )
  const details = ticketId && ticketId !== failedId && !isNumber(ticketId) && (
    <Catch at={ticketId} failed={() => null}>
      <Suspense fallback={<div className="p-4"><SkeletonText lines={8} /></div>}>
        <DetailsPane ticketId={ticketId} />
      </Suspense>
    </Catch>
  )
  return (
    <>
      {isPhone ? (
        <div className="h-full">{ticketId ? conversation : list}</div>
      ) : (
        <ResizablePanels
          name="inbox"
          className="h-full"
          panels={[
            { id: 'views', width: isTight ? 180 : 212, minWidth: 168, maxWidth: 320, isHidden: isNarrow, content: <ViewsPane /> },
            { id: 'list', width: isTight ? 304 : 348, minWidth: 280, maxWidth: 560, content: list },
            { id: 'thread', content: conversation },
            { id: 'details', width: isTight ? 264 : 300, minWidth: 260, maxWidth: 440, isHidden: !details || !areDetailsOpen || isNarrow, content: details },
          ]}
        />
      )}
      {isNarrow && (
        <Sheet isFlush title={say.views} isOpen={areViewsOpen} onOpenChange={setViewsOpen} side="left">
          <ViewsPane onChoose={() => setViewsOpen(false)} />
        </Sheet>
      )}
      {isNarrow && details && (
        <Sheet isFlush title={say.details} isOpen={isSheetOpen} onOpenChange={setSheetOpen}>
          {details}
        </Sheet>
      )}
    </>
  )
}

const NOTHING: Loaded = { ids: [], total: 0, isCapped: false }

interface ListPaneProps {
  title: string
  viewId: string
  search: URLSearchParams
  onSearch: (next: URLSearchParams, options?: { replace: boolean }) => void
  activeId: string | undefined
  onOpen: (id: string) => void
  onViews: (() => void) | undefined
}

function ListPane({ title, viewId, search, onSearch, activeId, onOpen, onViews }: ListPaneProps) {
  const say = useStrings(strings)
  const navigate = useNavigate()
  const { data: views } = useQuery(inboxQueries.views())
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(search.get('search') ?? '')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [isCompact, setCompact] = useRemembered('deskwell.compact', false)
  const selection = useSelection()
  const [loaded, setLoaded] = useState<Loaded>(NOTHING)
  const set = (values: Record<string, string>): void => {
    const next = new URLSearchParams(search)
    for (const [key, value] of Object.entries(values)) {
      if (value) next.set(key, value)
      else next.delete(key)
    }
    onSearch(next, { replace: true })
  }
  const type = (next: string): void => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => set({ search: next }), 180)
  }
  const onQuick = useQuickActions()
  useCommands([
    { id: 'list.search', label: say.search, keys: '/', group: say.listGroup, run: () => field.current?.focus() },
    { id: 'list.density', label: say.density, group: say.listGroup, run: () => setCompact(!isCompact) },
  ])
  const sort = Object.entries(SORTS).find(([, value]) => value.sort === search.get('sort') && value.order === search.get('order'))?.[0]
  const view = views?.find((one) => one.id === viewId)
  const filter = useMemo(() => filterOf(view, search), [view, search])
  return (
    <section aria-label={title} className="relative flex h-full flex-col bg-surface">
      <header className="flex shrink-0 flex-col gap-2 border-b border-line px-3 pt-2.5 pb-2.5">
        <div className="flex h-8 items-center gap-1">
          {onViews && <IconButton label={say.showViews} icon={<MenuIcon />} onClick={onViews} />}
          <h1 className="min-w-0 flex-1 truncate text-md font-semibold tracking-tight">{title}</h1>
          <IconButton label={say.density} icon={<Rows3 />} aria-pressed={isCompact} onClick={() => setCompact(!isCompact)} />
          <Menu
            trigger={<IconButton label={say.sort} icon={<ArrowDownUp />} />}
            items={(Object.keys(SORTS) as (keyof typeof SORTS)[]).map((name) => ({
              label: say[name],
              isChecked: (sort ?? 'newest') === name,
              onSelect: () => set(SORTS[name]),
            }))}
          />
        </div>
        <SearchInput
          ref={field}
          value={text}
          onChange={type}
          placeholder={say.searchHint}
          label={say.search}
          keys="/"
        />
        <FilterBar
          view={view}
          search={search}
          onSearch={onSearch}
          onViewSaved={(id) => void navigate(`/app/inbox/${id}`)}
        />
      </header>
      <div className="min-h-0 flex-1">
        {(views || viewId) && (
          <TicketList
            key={viewId}
            filter={filter}
            onLoaded={setLoaded}
            activeId={activeId}
            onOpen={onOpen}
            addressOf={(id) => `/app/inbox/${viewId}/${id}${search.size ? `?${search.toString()}` : ''}`}
            selection={selection}
            isCompact={isCompact}
            badgesOf={slaBadge}
            onQuick={onQuick}
            onClearSearch={() => type('')}
          />
        )}
      </div>
      <BulkBar selection={selection} filter={filter} loaded={loaded} />
    </section>
  )
}
