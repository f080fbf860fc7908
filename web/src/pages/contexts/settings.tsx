import { useQuery } from '@tanstack/react-query'
import { Layers, Pencil } from 'lucide-react'
import { useState } from 'react'

import { ContextForm } from '@/features/contexts/context-form'
import { ContextMark } from '@/features/contexts/look'
import { contextQueries, type Context } from '@/features/contexts/queries'
import { strings } from '@/features/contexts/strings'
import { Badge } from '@/ui/badge'
import { IconButton } from '@/ui/button'
import { Sheet } from '@/ui/dialog'
import { useStrings } from '@/ui/locale'
import { SettingsPage, SettingsSection } from '@/ui/page'
import { Listed, NewButton } from '@/ui/settings-list'

export default function ContextsPage() {
  const say = useStrings(strings)
  const contexts = useQuery(contextQueries.list())
  const [edited, edit] = useState<Context | 'new' | null>(null)
  const add = <NewButton label={say.add} onClick={() => edit('new')} />
  return (
    <SettingsPage title={say.title} description={say.about} actions={contexts.data?.length ? add : undefined}>
      <SettingsSection isFlush>
        <Listed query={contexts} empty={{ icon: <Layers />, title: say.none, hint: say.noneHint, action: add }}>
          {(rows) => (
            <ul>
          {rows.map((context) => (
            <li key={context.id} className="flex items-center gap-3.5 border-b border-line px-5 py-3.5 last:border-0">
              <ContextMark context={context} />
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium">{context.name}</p>
                <p className="truncate text-sm text-muted">{context.description || context.tagline}</p>
              </div>
              {!context.is_active && <Badge>{say.hidden}</Badge>}
              <Badge tone={context.ai_enabled ? 'violet' : 'neutral'}>{context.ai_enabled ? say.aiOn : say.aiOff}</Badge>
              <IconButton label={say.edit(context.name)} icon={<Pencil />} onClick={() => edit(context)} />
            </li>
          ))}
            </ul>
          )}
        </Listed>
      </SettingsSection>
      <Sheet
        title={edited === 'new' ? say.add : edited ? say.edit(edited.name) : say.title}
        width="lg"
        isOpen={edited !== null}
        onOpenChange={(isOpen) => !isOpen && edit(null)}
      >
        {edited && <ContextForm context={edited === 'new' ? null : edited} onDone={() => edit(null)} />}
      </Sheet>
    </SettingsPage>
  )
}
