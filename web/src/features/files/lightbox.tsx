import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState, type KeyboardEvent } from 'react'

import { IconButton } from '@/ui/button'
import { useStrings } from '@/ui/locale'

import type { TicketFile } from './queries'
import { strings } from './strings'

interface LightboxProps {
  pictures: readonly TicketFile[]
  /** The one to begin with; undefined is closed. */
  startId: string | undefined
  onClose: () => void
}

/** Pictures in full, one after the other; arrow keys move, Escape closes. */
export function Lightbox({ pictures, startId, onClose }: LightboxProps) {
  return (
    <Dialog.Root open={startId !== undefined} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-stage" />
        {startId && <Stage key={startId} pictures={pictures} startId={startId} />}
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Stage({ pictures, startId }: { pictures: readonly TicketFile[]; startId: string }) {
  const say = useStrings(strings)
  const [index, setIndex] = useState(() => Math.max(0, pictures.findIndex((one) => one.id === startId)))
  const picture = pictures[index]
  if (!picture) return null
  const move = (by: number): void => setIndex((index + by + pictures.length) % pictures.length)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') move(1)
    if (event.key === 'ArrowLeft') move(-1)
  }
  return (
    <Dialog.Content
      className="fixed inset-0 z-50 flex flex-col text-on-stage outline-none"
      onKeyDown={onKeyDown}
      aria-describedby={undefined}
    >
      <header className="flex items-center gap-2 p-3">
        <Dialog.Title className="min-w-0 flex-1 truncate text-sm">
          {picture.file_name}
          {pictures.length > 1 && <span className="ml-2 opacity-70">{say.picture(index + 1, pictures.length)}</span>}
        </Dialog.Title>
        <a
          href={`/attachment/${picture.id}`}
          download={picture.file_name}
          className="flex h-8 items-center gap-1.5 rounded-sm px-2.5 text-sm hover:bg-stage-hover"
        >
          <Download className="size-4" aria-hidden /> {say.download}
        </a>
        <Dialog.Close asChild>
          <IconButton label={say.close} icon={<X />} className="text-on-stage hover:bg-stage-hover" />
        </Dialog.Close>
      </header>
      <div className="flex min-h-0 flex-1 items-center justify-center gap-2 px-2 pb-4">
        {pictures.length > 1 && (
          <IconButton label={say.previous} icon={<ChevronLeft />} className="text-on-stage hover:bg-stage-hover" onClick={() => move(-1)} />
        )}
        <div className="flex h-full min-w-0 flex-1 items-center justify-center">
          <img src={`/attachment/${picture.id}`} alt={picture.file_name} className="max-h-full max-w-full object-contain" />
        </div>
        {pictures.length > 1 && (
          <IconButton label={say.next} icon={<ChevronRight />} className="text-on-stage hover:bg-stage-hover" onClick={() => move(1)} />
        )}
      </div>
    </Dialog.Content>
  )
}
