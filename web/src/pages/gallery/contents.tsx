/** Text, files and charts. */
import { Chart } from '@/ui/chart'
import { Sparkline } from '@/ui/sparkline'
import { AttachmentList, FileDrop, UploadList, type Upload } from '@/ui/files'
import { Markdown } from '@/ui/markdown'

import { Row, Sample } from './sample'

const TEXT = `Hello **Ada**, your parcel left us *yesterday* [1].

1. Open the tracking page
2. Enter the number \`DW-4711\`

> Where is my parcel?

\`\`\`sh
curl https://example.com/track/DW-4711
\`\`\`
See https://example.com/help.`

const file = (name: string, size: number): File => new File([new Uint8Array(size)], name, { type: 'application/pdf' })

export function Writing() {
  const uploads: Upload[] = [
    { key: 'a', file: file('invoice.pdf', 48_000), progress: 0.6, state: 'sending' },
    { key: 'b', file: file('manual.pdf', 12_000), progress: 1, state: 'done' },
    { key: 'c', file: file('scan.pdf', 9_000), progress: 0, state: 'failed', error: 'Larger than 10 MB' },
  ]
  return (
    <Sample name="Text and files">
      <Markdown
        text={TEXT}
        className="text-base"
        citation={(number) => <sup className="font-medium text-violet">[{number}]</sup>}
      />
      <FileDrop onFiles={() => undefined} />
      <UploadList uploads={uploads} onRemove={() => undefined} onRetry={() => undefined} />
      <AttachmentList attachments={[{ id: 'x', file_name: 'invoice.pdf', file_size: 48_000, mime_type: 'application/pdf' }]} />
    </Sample>
  )
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

export function Charts() {
  return (
    <Sample name="Charts">
      <Chart
        title="Tickets a day"
        labels={DAYS}
        series={[
          { name: 'Opened', values: [12, 18, 9, 22, 17, 4, 3] },
          { name: 'Closed', values: [8, 15, 14, 19, 20, 6, 2] },
        ]}
      />
      <Chart
        title="Who answered"
        kind="stacked"
        labels={DAYS}
        series={[
          { name: 'AI', values: [7, 12, 5, 15, 9, 3, 2], tone: 'violet' },
          { name: 'People', values: [5, 6, 4, 7, 8, 1, 1], tone: 'accent' },
        ]}
      />
      <Row>
        <Sparkline label="Rising" values={[1, 3, 2, 5, 4, 8]} />
        <Sparkline label="Falling" values={[9, 7, 8, 4, 3, 1]} tone="red" />
      </Row>
    </Sample>
  )
}
