import type { Topic } from './api'

export interface TopicNode extends Topic {
  depth: number
}

/** Topics of one context (or all), each after the one it lies in. */
export function inTreeOrder(topics: readonly Topic[], context?: string | null): TopicNode[] {
  const shown = context === undefined ? topics : topics.filter((topic) => sameContext(topic.context, context))
  const walk = (parent: string | null, depth: number): TopicNode[] =>
    shown
      .filter((topic) => (topic.parent_id ?? null) === parent)
      .toSorted((a, b) => a.position - b.position || a.name.localeCompare(b.name))
      .flatMap((topic) => [{ ...topic, depth }, ...walk(topic.id, depth + 1)])
  return walk(null, 0)
}

export function sameContext(a: string | null, b: string | null): boolean {
  return (a ?? '').trim().toLowerCase() === (b ?? '').trim().toLowerCase()
}

export interface Place {
  id: string
  parent_id: string | null
  position: number
}

/** Where all topics of a context lie after one was dropped onto, before or after another; null when it cannot lie there. */
export function placesAfterDrop(
  nodes: readonly TopicNode[],
  moved: string,
  target: string,
  where: 'before' | 'after' | 'inside',
): Place[] | null {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const goal = byId.get(target)
  if (!goal || moved === target || isBelow(byId, target, moved)) return null
  const parent = where === 'inside' ? target : (goal.parent_id ?? null)
  const siblings = nodes.filter((node) => (node.parent_id ?? null) === parent && node.id !== moved).map((node) => node.id)
  const at = where === 'inside' ? siblings.length : siblings.indexOf(target) + (where === 'after' ? 1 : 0)
  siblings.splice(at, 0, moved)
  return siblings.map((id, position) => ({ id, parent_id: parent, position }))
}

function isBelow(byId: Map<string, TopicNode>, id: string, ancestor: string): boolean {
  let at = byId.get(id)
  while (at?.parent_id) {
    if (at.parent_id === ancestor) return true
    at = byId.get(at.parent_id)
  }
  return false
}
