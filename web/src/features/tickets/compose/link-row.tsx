import { useState } from 'react'

import { Button } from '@/ui/button'
import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'

import { strings } from '../agent/strings'

interface LinkRowProps {
  href: string
  onDone: (href: string | null) => void
}

/** Asks where the chosen words lead; empty takes the link away, Escape leaves it. */
export function LinkRow({ href, onDone }: LinkRowProps) {
  const say = useStrings(strings)
  const [address, setAddress] = useState(href)
  const written = (): string => {
    const typed = address.trim()
    return !typed || /^(https?:|mailto:|tel:|[/#?])/i.test(typed) ? typed : typed.includes('@') ? `mailto:${typed}` : `https://${typed}`
  }
  return (
    <form
      className="flex items-center gap-1.5 px-3 pt-2"
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        onDone(written())
      }}
    >
      <Input
        autoFocus
        aria-label={say.linkTo}
        placeholder="https://"
        value={address}
        onChange={(event) => setAddress(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onDone(null)
        }}
        className="!h-7 text-sm"
      />
      <Button type="submit" size="sm">
        {address.trim() || !href ? say.setLink : say.removeLink}
      </Button>
    </form>
  )
}
