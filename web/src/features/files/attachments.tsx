import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'

import { useLiveQueries } from '@/api/live'
import { FileIcon } from '@/ui/files'
import { useFormat, useStrings } from '@/ui/locale'

import { fileQueries, type TicketFile } from './queries'
import { strings } from './strings'

const Lightbox = lazy(async () => ({ default: (await import('./lightbox')).Lightbox }))

/** The files of a ticket, kept fresh. */
export function useTicketFiles(ticketId: string): readonly TicketFile[] {
  const { data = [] } = useQuery(fileQueries.ofTicket(ticketId))
  useLiveQueries(
    fileQueries.ofTicket(ticketId).queryKey,
    (event) => event.ticket_id === ticketId && (event.kind.startsWith('attachment.') || event.kind === 'message.added'),
  )
  return data
}

/** What belongs to one message: pictures as thumbnails that open in full, others to download. */
export function MessageFiles({ files }: { files: readonly TicketFile[] }) {
  const [shown, setShown] = useState<string>()
  if (files.length === 0) return null
  const pictures = files.filter(isPicture)
  return (
    <>
      <ul className="mt-2 flex flex-wrap gap-2">
        {files.map((file) => (
          <li key={file.id} className="max-w-full">
            {isPicture(file) ? <Thumbnail file={file} onOpen={() => setShown(file.id)} /> : <FileLink file={file} />}
          </li>
        ))}
      </ul>
      <Suspense>{shown && <Lightbox pictures={pictures} startId={shown} onClose={() => setShown(undefined)} />}</Suspense>
    </>
  )
}

export function isPicture(file: TicketFile): boolean {
  return file.mime_type.startsWith('image/')
}

function Thumbnail({ file, onOpen }: { file: TicketFile; onOpen: () => void }) {
  const say = useStrings(strings)
  return (
    <button
      type="button"
      aria-label={say.open(file.file_name)}
      title={file.file_name}
      onClick={onOpen}
      className="block overflow-hidden rounded-md border border-line-strong hover:border-control-line"
    >
      <img
        src={`/attachment/${file.id}`}
        alt=""
        loading="lazy"
        width={144}
        height={108}
        className="h-27 w-36 bg-sunken object-cover"
      />
    </button>
  )
}

function FileLink({ file }: { file: TicketFile }) {
  const format = useFormat()
  return (
    <a
      href={`/attachment/${file.id}`}
      download={file.file_name}
      className="flex items-center gap-2 rounded-sm border border-line-strong bg-surface px-2.5 py-1.5 text-sm text-ink hover:border-control-line"
    >
      <FileIcon type={file.mime_type} />
      <span className="min-w-0 truncate">{file.file_name}</span>
      <span className="text-xs text-faint tabular-nums">{format.bytes(file.file_size)}</span>
    </a>
  )
}
