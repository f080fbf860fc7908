import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ExternalLink, FolderTree, Plus } from 'lucide-react'
import { useState } from 'react'

import { http } from '@/api/client'
import { knowledgeQueries, type Topic } from '@/features/knowledge/api'
import { strings } from '@/features/knowledge/strings'
import { TopicDialog } from '@/features/knowledge/topic-dialog'
import { inTreeOrder, sameContext } from '@/features/knowledge/topic-options'
import { TopicTree } from '@/features/knowledge/topic-tree'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/dialog'
import { useStrings } from '@/ui/locale'
import { SettingsSection } from '@/ui/page'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'

export default function TopicsPage() {
  const say = useStrings(strings)
  const client = useQueryClient()
  const { data: topics, error, refetch } = useQuery(knowledgeQueries.topics())
  const { data: contexts = [] } = useQuery(knowledgeQueries.contexts())
  const [edited, edit] = useState<{ context: string | null; topic?: Topic } | null>(null)
  const [deleted, remove] = useState<Topic | null>(null)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!topics) return <SkeletonRows />
  const others = topics.map((topic) => topic.context).filter((name) => name && !contexts.some((one) => sameContext(one, name)))
  const centers = [...new Set([...contexts, ...others])].filter((name): name is string => Boolean(name))
  return (
    <div className="space-y-6">
      {[...centers, null].map((context) => {
        const nodes = inTreeOrder(topics, context)
        return (
          <SettingsSection
            key={context ?? ''}
            title={context ?? say.generalCenter}
            isFlush
            actions={
              <>
                {nodes[0] && (
                  <Button size="sm" variant="ghost" asChild>
                    <a href={nodes[0].url.split('/').slice(0, 3).join('/')} target="_blank" rel="noreferrer">
                      <ExternalLink />
                      {say.openCenter}
                    </a>
                  </Button>
                )}
                <Button size="sm" icon={<Plus />} onClick={() => edit({ context })}>
                  {say.addTopic}
                </Button>
              </>
            }
          >
            {nodes.length ? (
              <TopicTree nodes={nodes} onEdit={(topic) => edit({ context, topic })} onDelete={remove} />
            ) : (
              <EmptyState icon={<FolderTree />} title={say.noTopics} className="py-8">
                {say.noTopicsHint}
              </EmptyState>
            )}
          </SettingsSection>
        )
      })}
      {edited && <TopicDialog {...edited} onClose={() => edit(null)} />}
      <ConfirmDialog
        isOpen={deleted !== null}
        onOpenChange={() => remove(null)}
        title={`${say.deleteTopic}: ${deleted?.name ?? ''}`}
        description={say.deleteTopicHint}
        confirmLabel={say.deleteTopic}
        onConfirm={async () => {
          await http.delete(`/admin/article-categories/${deleted?.id}`)
          await client.invalidateQueries({ queryKey: knowledgeQueries.all })
        }}
      />
    </div>
  )
}
