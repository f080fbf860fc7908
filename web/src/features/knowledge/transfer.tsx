import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import { useRef, useState } from 'react'

import { upload } from '@/api/upload'
import { Banner } from '@/ui/banner'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, FormError } from '@/ui/field'
import { useStrings } from '@/ui/locale'
import { Select } from '@/ui/select'

import { knowledgeQueries } from './api'
import { strings } from './strings'

interface Report {
  created: number
  changed: number
  unchanged: number
  problems: string[]
}

const NONE = 'none'

/** Articles in from a ZIP of Markdown. */
export function ImportDialog({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const { data: contexts = [] } = useQuery(knowledgeQueries.contexts())
  const picker = useRef<HTMLInputElement>(null)
  const [context, setContext] = useState(NONE)
  const [isBusy, setBusy] = useState(false)
  const [report, setReport] = useState<Report | null>(null)
  const [error, setError] = useState<unknown>(null)
  const send = async ([file]: File[]): Promise<void> => {
    if (!file) return
    setBusy(true)
    setError(null)
    try {
      const fields: Record<string, string> = context === NONE ? {} : { context }
      setReport(await upload<Report>('/admin/articles/import', file, { fields }))
      await client.invalidateQueries({ queryKey: knowledgeQueries.all })
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={say.importTitle} description={say.importHint}>
      <div className="space-y-4">
        <Field label={say.importContext}>
          <Select
            value={context}
            onChange={setContext}
            options={[{ value: NONE, label: say.noContext }, ...contexts.map((name) => ({ value: name, label: name }))]}
          />
        </Field>
        <Button variant="primary" icon={<Upload />} isBusy={isBusy} onClick={() => picker.current?.click()}>
          {say.chooseFile}
        </Button>
        <input
          ref={picker}
          type="file"
          accept=".zip,.md,.markdown"
          hidden
          onChange={(event) => {
            void send([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        <FormError error={error} />
        {report && (
          <Banner tone={report.problems.length ? 'warning' : 'success'}>
            <p>{say.imported(report.created, report.changed, report.unchanged)}</p>
            {report.problems.length > 0 && (
              <>
                <p className="mt-1 font-medium">{say.leftOut(report.problems.length)}</p>
                <ul className="mt-1 list-disc space-y-0.5 pl-5">
                  {report.problems.slice(0, 20).map((problem) => (
                    <li key={problem}>{problem}</li>
                  ))}
                </ul>
              </>
            )}
          </Banner>
        )}
      </div>
    </Dialog>
  )
}
