import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, GripVertical, IndentDecrease, IndentIncrease, MoreHorizontal, Pencil, Trash2 } from 'lucide-react'
import { useState, type DragEvent } from 'react'

import { http } from '@/api/client'
import { IconButton } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { useStrings } from '@/ui/locale'
import { Menu } from '@/ui/menu'
import { toastError } from '@/ui/toast'

import { knowledgeQueries } from './api'
import { strings } from './strings'
import { placesAfterDrop, type Place, type TopicNode } from './topic-options'

type Where = 'before' | 'after' | 'inside'

interface TopicTreeProps {
  nodes: readonly TopicNode[]
  onEdit: (topic: TopicNode) => void
  onDelete: (topic: TopicNode) => void
}

/** The topics of one context: dragged with the mouse, or moved by the menu of each. */
export function TopicTree({ nodes, onEdit, onDelete }: TopicTreeProps) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const [dragged, setDragged] = useState<string | null>(null)
  const [goal, setGoal] = useState<{ id: string; where: Where } | null>(null)
  const { mutate } = useMutation({
    mutationFn: (places: Place[]) => http.put('/admin/article-categories/order', { places }),
    onError: (error) => toastError(error),
    onSettled: () => client.invalidateQueries({ queryKey: knowledgeQueries.topics().queryKey }),
  })
  const move = (id: string, target: string | undefined, where: Where): void => {
    const places = target ? placesAfterDrop(nodes, id, target, where) : null
    if (places) mutate(places)
  }
  const over = (event: DragEvent, id: string): void => {
    if (!dragged) return
    event.preventDefault()
    const box = event.currentTarget.getBoundingClientRect()
    const part = (event.clientY - box.top) / box.height
    setGoal({ id, where: part < 0.28 ? 'before' : part > 0.72 ? 'after' : 'inside' })
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    if (dragged && goal) move(dragged, goal.id, goal.where)
    setDragged(null)
    setGoal(null)
  }
  return (
    <ul>
      {nodes.map((node) => {
        const siblings = nodes.filter((other) => other.parent_id === node.parent_id)
        const at = siblings.findIndex((other) => other.id === node.id)
        const above = siblings[at - 1]
        const below = siblings[at + 1]
        return (
          // Dragging is a shortcut; the menu of each topic does the same by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={node.id}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move'
              setDragged(node.id)
            }}
            onDragEnd={() => {
              setDragged(null)
              setGoal(null)
            }}
            onDragOver={(event) => over(event, node.id)}
            onDrop={drop}
            className={cx(
              'group flex items-center gap-2 border-b border-line px-3 py-2.5 last:border-0 hover:bg-hover',
              dragged === node.id && 'opacity-40',
              goal?.id === node.id && dragged !== node.id && goal.where === 'inside' && 'bg-accent-soft',
              goal?.id === node.id && goal.where === 'before' && 'shadow-drop-before',
              goal?.id === node.id && goal.where === 'after' && 'shadow-drop-after',
            )}
            style={{ paddingLeft: `${0.75 + node.depth * 1.75}rem` }}
          >
            <GripVertical className="size-4 shrink-0 cursor-grab text-faint" aria-hidden />
            <div className="min-w-0 flex-1">
              <p className="truncate text-base font-medium">{node.name}</p>
              {node.description && <p className="truncate text-sm text-muted">{node.description}</p>}
            </div>
            <span className="shrink-0 text-sm text-muted tabular-nums">{say.count(node.articles)}</span>
            <Menu
              trigger={<IconButton size="sm" label={say.topicHandle(node.name)} icon={<MoreHorizontal />} />}
              items={[
                { label: say.editTopic, icon: <Pencil />, onSelect: () => onEdit(node) },
                'separator',
                { label: say.moveUp, icon: <ChevronUp />, disabled: !above, onSelect: () => move(node.id, above?.id, 'before') },
                { label: say.moveDown, icon: <ChevronDown />, disabled: !below, onSelect: () => move(node.id, below?.id, 'after') },
                { label: say.nest, icon: <IndentIncrease />, disabled: !above, onSelect: () => move(node.id, above?.id, 'inside') },
                {
                  label: say.unnest,
                  icon: <IndentDecrease />,
                  disabled: !node.parent_id,
                  onSelect: () => move(node.id, node.parent_id ?? undefined, 'after'),
                },
                'separator',
                { label: say.deleteTopic, icon: <Trash2 />, isDanger: true, onSelect: () => onDelete(node) },
              ]}
            />
          </li>
        )
      })}
    </ul>
  )
}
