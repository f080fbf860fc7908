import type { Action } from './api'
import type { Directory } from './directory'

/** What the fields of one kind of action are given. */
export interface Part {
  action: Action
  directory: Directory
  onChange: (action: Action) => void
  set: (part: Record<string, unknown>) => void
}
