import { useMemo, useState } from 'react'

import type { Selection } from './ticket-list'

/** Which tickets of a list are selected. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  return useMemo(
    () => ({
      ids,
      toggle: (id) =>
        setIds((old) => {
          const next = new Set(old)
          if (!next.delete(id)) next.add(id)
          return next
        }),
      range: (added) => setIds((old) => new Set([...old, ...added])),
      keep: (ids) => setIds(new Set(ids)),
      clear: () => setIds(new Set()),
    }),
    [ids],
  )
}
