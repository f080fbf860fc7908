import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/ui/button'
import { Switch } from '@/ui/choice'
import { Sheet } from '@/ui/dialog'
import { Field, fieldError, FormError } from '@/ui/field'
import { Input, Textarea } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Select } from '@/ui/select'
import { Segmented } from '@/ui/segmented'

import { knowledgeQueries, type Article, type ArticleWrite } from '../api'
import { strings } from '../strings'
import { inTreeOrder } from '../topic-options'

const NONE = 'none'
const list = (text: string): string[] => text.split(',').map((part) => part.trim()).filter(Boolean)

interface DetailsProps {
  article: Article | undefined
  summary: string
  onSummary: (summary: string) => void
  error: unknown
  isBusy: boolean
  onSave: (values: ArticleWrite) => void
  onClose: () => void
}

/** Where an article belongs, who sees it, how it is found. */
export function Details({ article, summary, onSummary, error, isBusy, onSave, onClose }: DetailsProps) {
  const say = useStrings(strings)
  const { data: topics = [] } = useQuery(knowledgeQueries.topics())
  const { data: contexts = [] } = useQuery(knowledgeQueries.contexts())
  const [context, setContext] = useState(article?.context ?? NONE)
  const [topic, setTopic] = useState(article?.category_id ?? NONE)
  const [visibility, setVisibility] = useState(article?.visibility ?? 'public')
  const [tags, setTags] = useState(article?.tags.join(', ') ?? '')
  const [keywords, setKeywords] = useState(article?.keywords.join(', ') ?? '')
  const [slug, setSlug] = useState(article?.slug ?? '')
  const [isFeatured, feature] = useState(article?.is_featured ?? false)
  const [isPinned, pin] = useState(article?.is_pinned ?? false)
  const known = context !== NONE && !contexts.includes(context) ? [context, ...contexts] : contexts
  const save = (): void =>
    onSave({
      context: context === NONE ? null : context,
      category_id: topic === NONE ? null : topic,
      visibility,
      tags: list(tags),
      keywords: list(keywords),
      is_featured: isFeatured,
      is_pinned: isPinned,
      ...(slug.trim() && slug !== article?.slug && { slug }),
    })
  return (
    <Sheet
      isOpen
      onOpenChange={onClose}
      title={say.details}
      footer={
        <Button variant="primary" isBusy={isBusy} onClick={save}>
          {say.saveChanges}
        </Button>
      }
    >
      <div className="space-y-5">
        <FormError error={error} fields={['category_id', 'slug']} />
        <Field label={say.summary} hint={say.summaryHint} isOptional>
          <Textarea value={summary} maxLength={300} rows={2} onChange={(event) => onSummary(event.target.value)} />
        </Field>
        <Field label={say.context}>
          <Select
            value={context}
            onChange={(next) => {
              setContext(next)
              setTopic(NONE)
            }}
            options={[{ value: NONE, label: say.generalCenter }, ...known.map((name) => ({ value: name, label: name }))]}
          />
        </Field>
        <Field label={say.topic} error={fieldError(error, 'category_id')}>
          <Select
            value={topic}
            onChange={setTopic}
            options={[
              { value: NONE, label: say.noTopic },
              ...inTreeOrder(topics, context === NONE ? null : context).map((node) => ({
                value: node.id,
                label: `${'  '.repeat(node.depth)}${node.name}`,
              })),
            ]}
          />
        </Field>
        <div className="space-y-1.5">
          <p className="text-sm font-medium">{say.visibility}</p>
          <Segmented
            label={say.visibility}
            value={visibility}
            onChange={setVisibility}
            options={[
              { value: 'public', label: say.public },
              { value: 'internal', label: say.internal },
            ]}
          />
          <p className="text-sm text-muted">{say.visibilityHint}</p>
        </div>
        <Field label={say.tags} hint={say.tagsHint} isOptional>
          <Input value={tags} onChange={(event) => setTags(event.target.value)} />
        </Field>
        <Field label={say.keywords} hint={`${say.keywordsHint} ${say.tagsHint}`} isOptional>
          <Input value={keywords} onChange={(event) => setKeywords(event.target.value)} />
        </Field>
        <Field label={say.address} hint={article?.published_at ? say.addressHint : undefined} error={fieldError(error, 'slug')}>
          <Input value={slug} maxLength={100} className="font-mono" onChange={(event) => setSlug(event.target.value)} />
        </Field>
        <Switch checked={isFeatured} onChange={feature} label={say.featureIt} />
        <Switch checked={isPinned} onChange={pin} label={say.pinIt} />
      </div>
    </Sheet>
  )
}
