import { describe, expect, it } from 'vitest'

import type { Topic } from './api'
import { inTreeOrder, placesAfterDrop } from './topic-options'

const topic = (id: string, parent: string | null, position: number): Topic => ({
  id,
  name: id,
  slug: id,
  context: 'Shop',
  parent_id: parent,
  description: '',
  icon: '',
  position,
  url: '',
  articles: 0,
})
const nodes = inTreeOrder([topic('b', null, 1), topic('a', null, 0), topic('a1', 'a', 0)], 'shop')

describe('topics', () => {
  it('stand in the order of the tree', () => {
    expect(nodes.map((node) => [node.id, node.depth])).toEqual([['a', 0], ['a1', 1], ['b', 0]])
  })
  it('move before another', () => {
    expect(placesAfterDrop(nodes, 'b', 'a', 'before')).toEqual([
      { id: 'b', parent_id: null, position: 0 },
      { id: 'a', parent_id: null, position: 1 },
    ])
  })
  it('nest, but never within themselves', () => {
    expect(placesAfterDrop(nodes, 'b', 'a', 'inside')).toEqual([
      { id: 'a1', parent_id: 'a', position: 0 },
      { id: 'b', parent_id: 'a', position: 1 },
    ])
    expect(placesAfterDrop(nodes, 'a', 'a1', 'inside')).toBeNull()
  })
})
