import { Sparkles, Square } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { ApiError } from '@/api/client'
import { Button, Dialog, IconButton, Menu, toast, toastError, useCommands, useStrings } from '@/ui'
import { Markdown } from '@/ui/markdown'

import { change, streamDraft, summarise, used, type How } from './queries'
import { strings } from './strings'

interface AiMenuProps {
  ticketId: string
  text: string
  onText: (text: string) => void
}

const CHANGES: How[] = ['rewrite', 'shorten', 'friendlier', 'formal', 'expand', 'fix']

/** The co-pilot beside the composer: drafts, changes to the text, a summary. */
export function AiMenu({ ticketId, text, onText }: AiMenuProps) {
  const say = useStrings(strings)
  const stopper = useRef<AbortController | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [summary, setSummary] = useState<string | null>(null)
  useEffect(() => () => stopper.current?.abort(), [ticketId])

  const work = async (task: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    stopper.current?.abort()
    const own = new AbortController()
    stopper.current = own
    setBusy(true)
    try {
      await task(own.signal)
    } catch (error) {
      if (own.signal.aborted) return
      if (error instanceof ApiError && error.code === 'model_needed') toast(say.modelNeeded, { description: say.modelNeededText })
      else toastError(error, say.failed)
    } finally {
      if (stopper.current === own) setBusy(false)
    }
  }
  const undoTo = (before: string, runId: string) => ({
    action: {
      label: say.undo,
      run: () => {
        onText(before)
        used(ticketId, { kind: 'draft', was_useful: false, run_id: runId })
      },
    },
  })
  const draft = (): Promise<void> =>
    work(async (signal) => {
      const before = text
      const done = await streamDraft(ticketId, before, onText, signal)
      if (!done.text) {
        onText(before)
        toast(say.noDraft)
        return
      }
      onText(done.text)
      const titles = done.sources.map((source) => source.title).join(', ')
      toast(titles ? say.drafted(titles) : say.draftedAlone, { ...(done.problem && { description: done.problem }), ...undoTo(before, done.run_id) })
    })
  const alter = (how: How, language?: string): Promise<void> =>
    work(async () => {
      const before = text
      const done = await change(ticketId, before, how, language)
      onText(done.text)
      used(ticketId, { kind: 'change', was_useful: true, run_id: done.run_id })
      toast(say[how], undoTo(before, done.run_id))
    })
  const sum = (): Promise<void> => work(async () => setSummary((await summarise(ticketId)).summary))
  useCommands([
    { id: 'copilot.draft', label: say.draft, group: say.copilot, run: () => void draft() },
    { id: 'copilot.summarise', label: say.summarise, group: say.copilot, run: () => void sum() },
  ])
  const hasText = text.trim() !== ''
  if (isBusy) {
    return (
      <IconButton
        size="sm"
        label={`${say.working} ${say.stop}`}
        icon={<Square className="animate-pulse text-violet" />}
        onClick={() => {
          stopper.current?.abort()
          setBusy(false)
        }}
      />
    )
  }
  return (
    <>
      <Menu
        trigger={<IconButton size="sm" label={say.copilot} icon={<Sparkles className="text-violet" />} />}
        items={[
          { label: say.draft, onSelect: () => void draft() },
          { label: say.summarise, onSelect: () => void sum() },
          'separator',
          ...CHANGES.map((how) => ({ label: say[how], disabled: !hasText, onSelect: () => void alter(how) })),
          {
            label: say.translate,
            disabled: !hasText,
            items: Object.entries(say.languages).map(([language, name]) => ({ label: name, onSelect: () => void alter('translate', language) })),
          },
        ]}
      />
      <Dialog
        isOpen={summary !== null}
        onOpenChange={() => setSummary(null)}
        title={say.summary}
        footer={
          <Button
            variant="primary"
            onClick={() => {
              onText(hasText ? `${text}\n\n${summary ?? ''}` : (summary ?? ''))
              setSummary(null)
            }}
          >
            {say.asNote}
          </Button>
        }
      >
        <Markdown text={summary ?? ''} />
      </Dialog>
    </>
  )
}
