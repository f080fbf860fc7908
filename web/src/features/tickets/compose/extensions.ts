/** What a message may hold: what our Markdown has, and nothing else. */
import { markInputRule, mergeAttributes, Node, type Extensions, type Mark } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { HorizontalRule } from '@tiptap/extension-horizontal-rule'
import { Italic } from '@tiptap/extension-italic'
import { Link } from '@tiptap/extension-link'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { Placeholder, UndoRedo } from '@tiptap/extensions'

import { safeHref } from '@/ui/markdown-parser'

/** A colleague in a note, one piece that is deleted as one. */
const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({ id: { default: '' }, name: { default: '' } }),
  parseHTML: () => [{ tag: 'span[data-mention]', getAttrs: (element) => ({ id: element.dataset.mention, name: element.textContent?.slice(1) }) }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes, { 'data-mention': String(node.attrs.id) }),
    `@${String(node.attrs.name)}`,
  ],
  renderText: ({ node }) => `@${String(node.attrs.name)}`,
})

/** A file of ours in the text; pictures from elsewhere stay links. */
const Picture = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  atom: true,
  draggable: true,
  addAttributes: () => ({ src: { default: '' }, alt: { default: '' } }),
  parseHTML: () => [{ tag: 'img[src^="/attachment/"]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
})

/** What turns `**word**` into bold as it is typed: our Markdown's rules, so that 2 * 3 * 4 stays a sum. Pasted text is read whole. */
function typed(mark: Mark, ...patterns: RegExp[]): Mark {
  return mark.extend({
    addInputRules() {
      return patterns.map((find) => markInputRule({ find, type: this.type }))
    },
    addPasteRules: () => [],
  })
}

const BOLD = /(?:^|\s)(\*\*(?![\s*])([^*\n]*[^*\s])\*\*)$/
const ITALIC = [/(?:^|\s)(\*(?![\s*])([^*\n]*[^*\s])\*)$/, /(?:^|\s)(_(?![\s_])([^_\n]*[^_\s])_)$/]
const STRIKE = /(?:^|\s)(~~(?![\s~])([^~\n]*[^~\s])~~)$/
const CODE = /(?:^|\s)(`(?![\s`])([^`\n]*[^`\s])`)$/

export function extensions(placeholder: () => string): Extensions {
  return [
    Document,
    Paragraph,
    Text,
    typed(Bold, BOLD),
    typed(Italic, ...ITALIC),
    typed(Strike, STRIKE),
    typed(Code, CODE),
    CodeBlock,
    Blockquote,
    Heading,
    HorizontalRule,
    BulletList,
    OrderedList,
    ListItem,
    ListKeymap,
    Mention,
    Picture,
    UndoRedo,
    // Ctrl+Enter sends.
    HardBreak.extend({ addKeyboardShortcuts: () => ({ 'Shift-Enter': ({ editor }) => editor.commands.setHardBreak() }) }),
    Link.configure({ openOnClick: false, autolink: true, linkOnPaste: true, isAllowedUri: (uri) => Boolean(uri) && safeHref(uri) !== null }),
    Placeholder.configure({ placeholder }),
  ]
}
