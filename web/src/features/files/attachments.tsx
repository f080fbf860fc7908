import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Lock, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { http } from '@/api/client'
import { useLiveQueries } from '@/api/live'
import { IconButton } from '@/ui/button'
import { ConfirmDialog } from '@/ui/dialog'
import { FileIcon } from '@/ui/files'
import { useFormat, useStrings } from '@/ui/locale'
import { toast, toastError } from '@/ui/toast'

import { Lightbox } from './lightbox'
import { fileQueries, type TicketFile } from './queries'
import { strings } from './strings'

/** The files of a ticket, kept fresh. */
export function useTicketFiles(ticketId: string): readonly TicketFile[] {
  const { data = [] } = useQuery(fileQueries.ofTicket(ticketId))
  useLiveQueries(
    fileQueries.ofTicket(ticketId).queryKey,
    (event) => event.ticket_id === ticketId && (event.kind.startsWith('attachment.') || event.kind === 'message.added'),
  )
  return data
}

interface MessageFilesProps {
  ticketId: string
  messageId: string
}

/** What belongs to one message: pictures as thumbnails that open in full, others to download. */
export function MessageFiles({ ticketId, messageId }: MessageFilesProps) {
  const files = useTicketFiles(ticketId).filter((file) => file.message_id === messageId)
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
      <Lightbox pictures={pictures} startId={shown} onClose={() => setShown(undefined)} />
    </>
  )
}

function isPicture(file: TicketFile): boolean {
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

/** All files of a ticket in one place. */
export function FilesPanel({ ticketId }: { ticketId: string }) {
  const say = useStrings(strings)
  const format = useFormat()
  const client = useQueryClient()
  const files = useTicketFiles(ticketId)
  const [shown, setShown] = useState<string>()
  const [leaving, setLeaving] = useState<TicketFile>()
  const remove = useMutation({
    mutationFn: (file: TicketFile) => http.delete(`/attachment/${file.id}`),
    onSuccess: () => toast(say.removed, { tone: 'success' }),
    onError: (error) => toastError(error, say.notRemoved),
    onSettled: () => void client.invalidateQueries({ queryKey: fileQueries.ofTicket(ticketId).queryKey }),
  })
  if (files.length === 0) return <p className="text-sm text-faint">{say.noFiles}</p>
  return (
    <>
      <ul className="-mx-1.5 flex flex-col">
        {files.map((file) => (
          <li key={file.id} className="group relative flex h-8 items-center gap-2 rounded-sm px-1.5 text-sm hover:bg-hover">
            <FileIcon type={file.mime_type} />
            {isPicture(file) ? (
              <button type="button" onClick={() => setShown(file.id)} className="min-w-0 flex-1 truncate text-left">
                {file.file_name}
              </button>
            ) : (
              <a href={`/attachment/${file.id}`} download={file.file_name} className="min-w-0 flex-1 truncate">
                {file.file_name}
              </a>
            )}
            {file.is_internal && <Lock className="size-3.5 shrink-0 text-amber" aria-label={say.internal} />}
            <span className="text-xs text-faint tabular-nums group-focus-within:invisible group-hover:invisible">
              {format.bytes(file.file_size)}
            </span>
            <IconButton
              label={say.remove}
              icon={<Trash2 />}
              size="sm"
              className="absolute right-0.5 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
              onClick={() => setLeaving(file)}
            />
          </li>
        ))}
      </ul>
      <Lightbox pictures={files.filter(isPicture)} startId={shown} onClose={() => setShown(undefined)} />
      <ConfirmDialog
        isOpen={leaving !== undefined}
        onOpenChange={(isOpen) => !isOpen && setLeaving(undefined)}
        title={say.removeTitle}
        description={say.removeHint(leaving?.file_name ?? '')}
        confirmLabel={say.remove}
        variant="danger"
        onConfirm={() => leaving && remove.mutate(leaving)}
      />
    </>
  )
}
