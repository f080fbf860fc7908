import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Archive, ArchiveRestore, Copy, ExternalLink, FileClock, MessageSquareText, MoreHorizontal, PencilLine, SlidersHorizontal, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'

import { http } from '@/api/client'
import { Banner } from '@/ui/banner'
import { Button, IconButton } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { ConfirmDialog } from '@/ui/dialog'
import { useFormat, useStrings } from '@/ui/locale'
import { Menu } from '@/ui/menu'
import { usePageTitle } from '@/ui/page'
import { useCommands } from '@/ui/shortcuts'
import { Segmented } from '@/ui/segmented'
import { toast, toastError } from '@/ui/toast'

import { knowledgeQueries, type Article, type ArticleWrite } from '../api'
import { Feedback } from '../feedback'
import { ArticleState, InternalMark } from '../status'
import { strings } from '../strings'
import { Details } from './details'
import { Preview } from './preview'
import { useEditor, type Keeping } from './use-editor'
import { Versions } from './versions'
import { WritingArea } from './writing-area'

type View = 'write' | 'both' | 'preview'
type Panel = 'details' | 'versions' | 'feedback' | 'delete' | null

interface EditorProps {
  loaded?: Article
  /** What a new article is called to begin with. */
  initialTitle?: string
  onCreated: (article: Article) => void
}

export function Editor({ loaded, initialTitle = '', onCreated }: EditorProps) {
  const say = useStrings(strings)
  const client = useQueryClient()
  const navigate = useNavigate()
  const { article, text, change, keeping, keptAt, save, reset, isConflict } = useEditor(loaded, initialTitle, onCreated)
  const [view, setView] = useState<View>(() => (window.innerWidth < 1024 ? 'write' : 'both'))
  const [panel, open] = useState<Panel>(null)
  const [scrolled, setScrolled] = useState(0)
  usePageTitle(text.title || say.untitled)
  const isPublished = article?.status === 'published'
  const isDirty = keeping !== 'saved'

  const store = (values: ArticleWrite & { isForced?: boolean }, message: string, after?: () => void): void =>
    save.mutate(values, {
      onSuccess: () => {
        toast(message, { tone: 'success' })
        after?.()
      },
      onError: (error) => {
        if (!('status' in error && error.status === 409)) toastError(error)
      },
    })
  const publish = (): void => store({ status: 'published' }, isPublished ? say.savedMessage : say.publishedMessage)
  const reload = useMutation({
    mutationFn: async () => (await http.get<{ article: Article }>(`/admin/articles/${article?.id}`)).article,
    onSuccess: reset,
    onError: (error) => toastError(error),
  })
  const discard = useMutation({
    mutationFn: async () => {
      await http.delete(`/admin/articles/${article?.id}/draft`)
      return (await http.get<{ article: Article }>(`/admin/articles/${article?.id}`)).article
    },
    onSuccess: (next) => {
      reset(next)
      toast(say.draftDiscarded)
    },
    onError: (error) => toastError(error),
  })
  useCommands([{ id: 'article.save', label: isPublished ? say.saveChanges : say.saveDraft, keys: 'mod+s', group: say.title, run: () => store({}, say.savedMessage) }])

  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2.5 sm:px-6">
        <h1 className="sr-only">{text.title || say.untitled}</h1>
        <Link to="/app/knowledge" className="text-sm text-muted hover:text-ink">
          {say.back}
        </Link>
        <span className="text-faint" aria-hidden>
          ›
        </span>
        {article && <ArticleState status={article.status} />}
        {article?.visibility === 'internal' && <InternalMark />}
        <KeepingState keeping={keeping} keptAt={keptAt} />
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <Segmented
            label={say.preview}
            value={view}
            onChange={setView}
            options={[
              { value: 'write', label: say.write },
              { value: 'both', label: say.both },
              { value: 'preview', label: say.preview },
            ]}
          />
          <IconButton label={say.details} icon={<SlidersHorizontal />} onClick={() => open('details')} />
          {article && (
            <Menu
              trigger={<IconButton label={say.more} icon={<MoreHorizontal />} />}
              items={[
                { label: say.view, icon: <ExternalLink />, onSelect: () => window.open(article.url, '_blank', 'noopener') },
                { label: say.copyLink, icon: <Copy />, onSelect: () => void copyLink(article.url, say.copied) },
                { label: say.versions, icon: <FileClock />, onSelect: () => open('versions') },
                { label: say.feedback, icon: <MessageSquareText />, onSelect: () => open('feedback') },
                'separator',
                ...(isPublished ? [{ label: say.unpublish, icon: <PencilLine />, onSelect: () => store({ status: 'draft' }, say.savedMessage) }] : []),
                article.status === 'archived'
                  ? { label: say.restoreArticle, icon: <ArchiveRestore />, onSelect: () => store({ status: 'draft' }, say.savedMessage) }
                  : { label: say.archive, icon: <Archive />, onSelect: () => store({ status: 'archived' }, say.savedMessage) },
                { label: say.remove, icon: <Trash2 />, isDanger: true, onSelect: () => open('delete') },
              ]}
            />
          )}
          {!isPublished && (
            <Button isBusy={save.isPending && save.variables?.status === undefined} onClick={() => store({}, say.savedMessage)} disabled={!isDirty}>
              {say.saveDraft}
            </Button>
          )}
          <Button variant="primary" isBusy={save.isPending && save.variables?.status === 'published'} onClick={publish} disabled={isPublished && !isDirty}>
            {isPublished ? say.saveChanges : say.publish}
          </Button>
        </div>
      </header>
      {isConflict && article && (
        <Banner
          tone="warning"
          title={say.conflictTitle}
          className="m-3"
          action={
            <>
              <Button size="sm" onClick={() => open('versions')}>{say.versions}</Button>
              <Button size="sm" onClick={() => reload.mutate()}>{say.takeTheirs}</Button>
              <Button size="sm" variant="primary" onClick={() => store({ isForced: true }, say.savedMessage)}>{say.saveAnyway}</Button>
            </>
          }
        >
          {say.conflictHint}
        </Banner>
      )}
      {loaded?.draft && article?.draft && (
        <Banner tone="info" className="m-3 mb-0" action={<Button size="sm" isBusy={discard.isPending} onClick={() => discard.mutate()}>{say.draftDiscard}</Button>}>
          {say.draftFound(String((loaded.draft as { by?: string }).by ?? ''))}
        </Banner>
      )}
      <div className="grid min-h-0 flex-1 lg:grid-flow-col lg:auto-cols-fr">
        <section className={cx('flex min-h-0 flex-col', view === 'preview' && 'hidden')}>
          <input
            value={text.title}
            maxLength={300}
            aria-label={say.titleLabel}
            placeholder={say.untitled}
            autoFocus={!loaded}
            className="w-full border-b border-line bg-transparent px-5 py-3.5 text-xl font-semibold outline-none placeholder:text-faint"
            onChange={(event) => change({ title: event.target.value })}
          />
          <WritingArea value={text.body} onChange={(body) => change({ body })} onScroll={setScrolled} />
        </section>
        {view !== 'write' && (
          <section className={cx('flex min-h-0 flex-col', view === 'both' && 'border-line max-lg:border-t lg:border-l')}>
            <Preview title={text.title || say.untitled} body={text.body} scrolled={scrolled} />
          </section>
        )}
      </div>
      {panel === 'details' && (
        <Details
          article={article}
          summary={text.summary}
          onSummary={(summary) => change({ summary })}
          error={save.error}
          isBusy={save.isPending}
          onSave={(values) => store(values, say.savedMessage, () => open(null))}
          onClose={() => open(null)}
        />
      )}
      {panel === 'versions' && article && <Versions article={article} onRestored={reset} onClose={() => open(null)} />}
      {panel === 'feedback' && article && <Feedback articleId={article.id} onClose={() => open(null)} />}
      {article && (
        <ConfirmDialog
          isOpen={panel === 'delete'}
          onOpenChange={() => open(null)}
          title={say.removeTitle}
          description={say.removeHint}
          confirmLabel={say.remove}
          onConfirm={async () => {
            await http.delete(`/admin/articles/${article.id}`)
            await client.invalidateQueries({ queryKey: [...knowledgeQueries.all, 'list'] })
            toast(say.removed)
            void navigate('/app/knowledge')
          }}
        />
      )}
    </div>
  )
}

async function copyLink(url: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(new URL(url, window.location.origin).href)
    toast(said, { tone: 'success' })
  } catch (error) {
    toastError(error)
  }
}

function KeepingState({ keeping, keptAt }: { keeping: Keeping; keptAt: string | null }) {
  const say = useStrings(strings)
  const format = useFormat()
  const words = {
    saved: say.allSaved,
    waiting: say.saving,
    keeping: say.saving,
    kept: keptAt ? say.savedAt(format.clock(keptAt)) : say.allSaved,
    failed: say.notKept,
  }
  return (
    <span role="status" className={cx('min-w-0 truncate text-sm', keeping === 'failed' ? 'text-red' : 'text-faint')}>
      {words[keeping]}
    </span>
  )
}
