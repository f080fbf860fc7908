import { Bold, Code, Heading2, Image, Info, Italic, Link2, List, ListChecks, ListOrdered, Quote, Table2 } from 'lucide-react'
import { useRef } from 'react'

import { IconButton } from '@/ui/button'
import { useStrings } from '@/ui/locale'
import { Menu } from '@/ui/menu'

import { strings } from '../strings'
import { insertBlock, insertLink, prefix, wrap, type Edit } from './editing'

interface ToolbarProps {
  apply: (change: (edit: Edit) => Edit) => void
  onPictures: (files: File[]) => void
}

const TABLE = '| Column | Column |\n|:--|:--|\n| Value | Value |'

export function Toolbar({ apply, onPictures }: ToolbarProps) {
  const say = useStrings(strings)
  const picker = useRef<HTMLInputElement>(null)
  const callout = (kind: string, word: string): void => apply((edit) => insertBlock(edit, `> [!${kind}]\n> ${word}`, word))
  return (
    <div role="toolbar" aria-label={say.formatting} className="flex flex-wrap items-center gap-0.5">
      <IconButton size="sm" label={say.bold} keys="mod+b" icon={<Bold />} onClick={() => apply((e) => wrap(e, '**', say.bold.toLowerCase()))} />
      <IconButton size="sm" label={say.italic} keys="mod+i" icon={<Italic />} onClick={() => apply((e) => wrap(e, '*', say.italic.toLowerCase()))} />
      <IconButton size="sm" label={say.heading} icon={<Heading2 />} onClick={() => apply((e) => prefix(e, '## '))} />
      <IconButton size="sm" label={say.link} keys="mod+k" icon={<Link2 />} onClick={() => apply((e) => insertLink(e, 'https://'))} />
      <span className="mx-1 h-4 w-px bg-line" aria-hidden />
      <IconButton size="sm" label={say.list} icon={<List />} onClick={() => apply((e) => prefix(e, '- '))} />
      <IconButton size="sm" label={say.numbered} icon={<ListOrdered />} onClick={() => apply((e) => prefix(e, '%. '))} />
      <IconButton size="sm" label={say.checklist} icon={<ListChecks />} onClick={() => apply((e) => prefix(e, '- [ ] '))} />
      <span className="mx-1 h-4 w-px bg-line" aria-hidden />
      <IconButton size="sm" label={say.quote} icon={<Quote />} onClick={() => apply((e) => prefix(e, '> '))} />
      <IconButton size="sm" label={say.code} icon={<Code />} onClick={() => apply((e) => (e.text.slice(e.from, e.to).includes('\n') ? insertBlock(e, `\`\`\`\n${e.text.slice(e.from, e.to)}\n\`\`\``) : wrap(e, '`', say.code.toLowerCase())))} />
      <IconButton size="sm" label={say.table} icon={<Table2 />} onClick={() => apply((e) => insertBlock(e, TABLE, 'Column'))} />
      <Menu
        trigger={<IconButton size="sm" label={say.callout} icon={<Info />} />}
        items={[
          { label: say.calloutNote, onSelect: () => callout('NOTE', say.calloutNote) },
          { label: say.calloutTip, onSelect: () => callout('TIP', say.calloutTip) },
          { label: say.calloutWarning, onSelect: () => callout('WARNING', say.calloutWarning) },
        ]}
      />
      <IconButton size="sm" label={say.picture} icon={<Image />} onClick={() => picker.current?.click()} />
      <input
        ref={picker}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp"
        multiple
        className="sr-only"
        tabIndex={-1}
        aria-hidden
        onChange={(event) => {
          onPictures([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </div>
  )
}
