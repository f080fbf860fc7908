import { Paperclip, SendHorizontal } from 'lucide-react'
import { useState } from 'react'

import { Button } from '@/ui/button'
import { FileDrop, FilePicker, UploadList, type Upload, type useUploads } from '@/ui/files'
import { Textarea } from '@/ui/input'
import { Kbd } from '@/ui/kbd'
import { useStrings } from '@/ui/locale'
import { Form } from '@/ui/page'

import { strings } from './strings'

interface ReplyBoxProps {
  ticketId: string
  placeholder: string
  isBusy: boolean
  files: ReturnType<typeof useUploads>
  /** Resolves to whether it was sent; the text stays otherwise. */
  onSend: (text: string, files: Upload[]) => Promise<boolean>
  onRetryFile: (key: string) => void
}

/** Where the customer writes. What is written survives a reload. */
export function ReplyBox({ ticketId, placeholder, isBusy, files, onSend, onRetryFile }: ReplyBoxProps) {
  const say = useStrings(strings)
  const [text, setText] = useDraft(`portal.${ticketId}`)
  const pending = files.uploads.filter((item) => item.state === 'waiting')
  const send = async (): Promise<void> => {
    const words = text.trim()
    if (!words || isBusy) return
    setText('')
    if (!(await onSend(words, pending))) setText(words)
  }
  return (
    <Form onSubmit={send}>
      <FileDrop
        onFiles={(list) => files.add(list)}
        className="lit rounded-lg border border-line-strong bg-surface focus-within:border-accent"
      >
        <Textarea
          aria-label={say.reply}
          placeholder={placeholder}
          value={text}
          rows={2}
          maxRows={12}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault()
              void send()
            }
          }}
          className="!border-0 !bg-transparent !text-md !outline-none"
        />
        {files.uploads.length > 0 && (
          <div className="px-3 pb-2">
            <UploadList uploads={files.uploads} onRemove={files.remove} onRetry={onRetryFile} />
          </div>
        )}
        <div className="flex items-center gap-2 px-2 pb-2">
          <FilePicker
            onFiles={(list) => files.add(list)}
            aria-label={say.attach}
            className="grid size-8 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink pointer-coarse:size-10"
          >
            <Paperclip className="size-4" />
          </FilePicker>
          <span className="ml-auto hidden sm:inline">
            <Kbd keys="mod+enter" />
          </span>
          <Button
            type="submit"
            variant="primary"
            icon={<SendHorizontal />}
            isBusy={isBusy}
            disabled={text.trim() === ''}
            className="max-sm:ml-auto"
          >
            {say.send}
          </Button>
        </div>
      </FileDrop>
    </Form>
  )
}

/** Text that survives a reload of this tab. */
export function useDraft(name: string, first = ''): [string, (text: string) => void] {
  const key = `deskwell.draft.${name}`
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? first)
  return [
    text,
    (next) => {
      if (next) sessionStorage.setItem(key, next)
      else sessionStorage.removeItem(key)
      setText(next)
    },
  ]
}
