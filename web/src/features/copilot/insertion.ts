import { useEffect } from 'react'

type Insert = (text: string) => void
const composers = new Set<Insert>()

/** Put a text into the composer that is open; the panel and the composer stand in different panes. */
export function insertIntoComposer(text: string): void {
  for (const insert of composers) insert(text)
}

/** The composer's side. */
export function useInsertions(insert: Insert): void {
  useEffect(() => {
    composers.add(insert)
    return () => void composers.delete(insert)
  }, [insert])
}
