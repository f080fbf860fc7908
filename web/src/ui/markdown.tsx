import { Check, Copy } from 'lucide-react'
import { Fragment, useState, type ReactNode } from 'react'

import { cx } from './class-names'
import { useStrings } from './locale'
import { parseMarkdown, type Block, type Inline } from './markdown-parser'
import { strings } from './strings'

interface MarkdownProps {
  text: string
  className?: string
  /** What stands for `[1]`: a citation of the answer. */
  citation?: (number: number) => ReactNode
}

/** Markdown as React elements. No HTML is ever interpreted, and only web, mail and phone links become links. */
export function Markdown({ text, className, citation }: MarkdownProps) {
  return (
    <div className={cx('space-y-2.5 break-words', className)}>{parseMarkdown(text).map((block, key) => blockOf(block, key, citation))}</div>
  )
}

type Citation = MarkdownProps['citation']

function blockOf(block: Block, key: number, citation: Citation): ReactNode {
  const inside = (parts: Inline[]): ReactNode => parts.map((part, index) => inlineOf(part, index, citation))
  if (block.type === 'code') return <CodeBlock key={key} code={block.text} language={block.language} />
  if (block.type === 'rule') return <hr key={key} className="border-line" />
  if (block.type === 'heading') {
    return (
      <p key={key} className={cx('font-semibold', block.level === 1 && 'text-lg')}>
        {inside(block.inline)}
      </p>
    )
  }
  if (block.type === 'quote') {
    return (
      <blockquote key={key} className="space-y-2 border-l-2 border-line-strong pl-3 text-muted">
        {block.blocks.map((inner, index) => blockOf(inner, index, citation))}
      </blockquote>
    )
  }
  if (block.type === 'list') {
    const List = block.isOrdered ? 'ol' : 'ul'
    return (
      <List
        key={key}
        {...(block.isOrdered && { start: block.start })}
        className={cx('space-y-1 pl-5', block.isOrdered ? 'list-decimal' : 'list-disc', 'marker:text-faint')}
      >
        {block.items.map((item, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className="space-y-1">
            {item.map((inner, at) =>
              inner.type === 'paragraph' ? <Fragment key={at}>{inside(inner.inline)}</Fragment> : blockOf(inner, at, citation),
            )}
          </li>
        ))}
      </List>
    )
  }
  return <p key={key}>{inside(block.inline)}</p>
}

function inlineOf(part: Inline, key: number, citation: Citation): ReactNode {
  if (part.type === 'text') return <Fragment key={key}>{part.text}</Fragment>
  if (part.type === 'break') return <br key={key} />
  if (part.type === 'mention') return <span key={key} className="rounded-xs bg-accent-soft px-1 font-medium text-accent-text">@{part.name}</span>
  if (part.type === 'cite') return <Fragment key={key}>{citation?.(part.number) ?? `[${part.number}]`}</Fragment>
  if (part.type === 'image') {
    return (
      <a key={key} href={part.src} target="_blank" rel="noreferrer" className="inline-block max-w-full">
        <img src={part.src} alt={part.alt} loading="lazy" className="max-h-96 max-w-full rounded-md border border-line" />
      </a>
    )
  }
  if (part.type === 'code') {
    return (
      <code key={key} className="rounded-xs bg-press px-1 py-0.5 font-mono text-[0.9em]">
        {part.text}
      </code>
    )
  }
  const children = part.inline.map((inner, index) => inlineOf(inner, index, citation))
  if (part.type === 'strong') return <strong key={key} className="font-semibold">{children}</strong>
  if (part.type === 'em') return <em key={key}>{children}</em>
  if (part.type === 'strike') return <s key={key}>{children}</s>
  return (
    <a
      key={key}
      href={part.href}
      target="_blank"
      rel="noreferrer nofollow"
      className="text-accent-text underline decoration-accent-line underline-offset-2 hover:decoration-current"
    >
      {children}
    </a>
  )
}

export function CodeBlock({ code, language }: { code: string; language?: string | undefined }) {
  const say = useStrings(strings)
  const [isCopied, setCopied] = useState(false)
  return (
    <div className="group relative rounded-md border border-line bg-sunken">
      {/* Focusable, so that the keyboard can scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={language} className="overflow-x-auto px-3 py-2.5 font-mono text-xs leading-5 text-ink">
        <code>{code}</code>
      </pre>
      <button
        type="button"
        aria-label={isCopied ? say.copied : say.copy}
        onClick={() => {
          void navigator.clipboard?.writeText(code).then(() => {
            setCopied(true)
            setTimeout(() => setCopied(false), 1500)
          })
        }}
        className="absolute top-1.5 right-1.5 grid size-7 place-items-center rounded-sm border border-line bg-overlay text-muted opacity-0 transition-opacity group-hover:opacity-100 hover:text-ink focus-visible:opacity-100"
      >
        {isCopied ? <Check className="size-3.5 text-green" /> : <Copy className="size-3.5" />}
      </button>
    </div>
  )
}
