import { Dialog } from '@/ui/dialog'
import { Kbd } from '@/ui/kbd'
import { useStrings } from '@/ui/locale'
import { useCommandList } from '@/ui/shortcuts'

import { groups } from './command-palette'
import { strings } from './strings'

/** The keys that work on this page. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const say = useStrings(strings)
  const commands = useCommandList().filter((command) => command.keys)
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={say.shortcuts} description={say.shortcutsHint} size="lg">
      <div className="gap-8 sm:columns-2">
        {[...groups(commands)].map(([group, items]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-faint">{group}</h3>
            <dl>
              {items.map((command) => (
                <div key={command.id} className="flex h-8 items-center justify-between gap-4 text-sm">
                  <dt>{command.label}</dt>
                  <dd>
                    <Kbd keys={command.keys ?? ''} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
