import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Lock, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'

import { http } from '@/api/client'
import { IconButton } from '@/ui/button'
import { ConfirmDialog } from '@/ui/dialog'
import { FileIcon } from '@/ui/files'
import { useFormat, useStrings } from '@/ui/locale'
import { toast, toastError } from '@/ui/toast'

import { isPicture, useTicketFiles } from './attachments'
import { fileQueries, type TicketFile } from './queries'
import { strings } from './strings'

const Lightbox = lazy(async () => ({ default: (await import('./lightbox')).Lightbox }))

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
      <Suspense>{shown && <Lightbox pictures={files.filter(isPicture)} startId={shown} onClose={() => setShown(undefined)} />}</Suspense>
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
