import { useQuery } from '@tanstack/react-query'
import { Layers, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'

import { ContextForm } from '@/features/contexts/context-form'
import { contextQueries, type Context } from '@/features/contexts/queries'
import { strings } from '@/features/contexts/strings'
import { Badge, ColorDot } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { Sheet } from '@/ui/dialog'
import { useStrings } from '@/ui/locale'
import { SettingsPage, SettingsSection } from '@/ui/page'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'

export default function ContextsPage() {
  const say = useStrings(strings)
  const { data: contexts, isPending, error, refetch } = useQuery(contextQueries.list())
  const [edited, edit] = useState<Context | 'new' | null>(null)
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => edit('new')}>
      {say.add}
    </Button>
  )
  return (
    <SettingsPage title={say.title} description={say.about} actions={contexts?.length ? add : undefined}>
      <SettingsSection isFlush>
        {isPending && <SkeletonRows rows={3} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {contexts?.length === 0 && (
          <EmptyState icon={<Layers />} title={say.none} action={add}>
            {say.noneHint}
          </EmptyState>
        )}
        <ul>
          {contexts?.map((context) => (
            <li key={context.id} className="flex items-center gap-3 border-b border-line px-5 py-3.5 last:border-0">
              <ColorDot color={context.color} />
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium">{context.name}</p>
                <p className="truncate text-sm text-muted">{context.description}</p>
              </div>
              {!context.is_active && <Badge>{say.hidden}</Badge>}
              <Badge tone={context.ai_enabled ? 'violet' : 'neutral'}>{context.ai_enabled ? say.aiOn : say.aiOff}</Badge>
              <IconButton label={say.edit(context.name)} icon={<Pencil />} onClick={() => edit(context)} />
            </li>
          ))}
        </ul>
      </SettingsSection>
      <Sheet
        title={edited === 'new' ? say.add : edited ? say.edit(edited.name) : say.title}
        isOpen={edited !== null}
        onOpenChange={(isOpen) => !isOpen && edit(null)}
      >
        {edited && <ContextForm context={edited === 'new' ? null : edited} onDone={() => edit(null)} />}
      </Sheet>
    </SettingsPage>
  )
}
