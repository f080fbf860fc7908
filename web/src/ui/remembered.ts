import { useState } from 'react'

/** A choice this browser remembers. */
export function useRemembered(key: string, first: boolean): [boolean, (next: boolean) => void] {
  const [value, setValue] = useState(() => {
    const stored = localStorage.getItem(key)
    return stored === null ? first : stored === 'true'
  })
  return [
    value,
    (next) => {
      localStorage.setItem(key, String(next))
      setValue(next)
    },
  ]
}
