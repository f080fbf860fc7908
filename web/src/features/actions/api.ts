/** One action as the server takes it; `type` decides which other keys it has. */
export interface Action {
  type: string
  [key: string]: unknown
}

export interface Change {
  action: string
  field: string
  before: unknown
  after: unknown
  text: string
  mail_to: string[]
}

/** What a new action of each type starts with. */
export const STARTS: Record<string, Omit<Action, 'type'>> = {
  assign: { agent_id: null },
  assign_to_me: {},
  assign_team: { team_id: null, method: 'team_only' },
  set_priority: { priority: 'high' },
  set_category: { category_id: null },
  set_context: { context: '' },
  add_tags: { tag_ids: [] },
  remove_tags: { tag_ids: [] },
  set_field: { key: '', value: null },
  reply: { body: '' },
  note: { body: '' },
  mail: { to: ['assignee'], subject: '', body: '' },
  notify: { user_ids: [], team_ids: [], message: '' },
  snooze: { hours: 24 },
  close: {},
  reopen: {},
  escalate: { reason: null },
  add_watchers: { user_ids: [] },
  remove_watchers: { user_ids: [] },
  ask_ai: {},
}

export const ACTION_GROUPS: { key: 'route' | 'sort' | 'write' | 'state'; types: string[] }[] = [
  { key: 'route', types: ['assign', 'assign_to_me', 'assign_team', 'escalate', 'ask_ai'] },
  { key: 'sort', types: ['set_priority', 'set_category', 'set_context', 'add_tags', 'remove_tags', 'set_field'] },
  { key: 'write', types: ['reply', 'note', 'mail', 'notify'] },
  { key: 'state', types: ['close', 'reopen', 'snooze', 'add_watchers', 'remove_watchers'] },
]
