import { Check, Copy } from 'lucide-react'
import { useState } from 'react'

import { Button, Input, useStrings } from '@/ui'

import { strings } from './people-strings'

/** A text to copy, such as a link or a key. */
export function CopyField({ value, label }: { value: string; label: string }) {
  const say = useStrings(strings)
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <div className="flex gap-2">
      <Input
        readOnly
        aria-label={label}
        value={value}
        className="flex-1 font-mono text-sm"
        onFocus={(event) => event.target.select()}
      />
      <Button className="h-9" icon={isCopied ? <Check /> : <Copy />} onClick={() => void copy()}>
        {isCopied ? say.copied : say.copy}
      </Button>
    </div>
  )
}
