import { useRef, useState } from 'react'

import { useStrings } from '@/ui'

import { strings } from './strings'

const REMOTE = 'src="remote:'
const TAG = /<[a-z][^<>]*>/gi
const SHEET = `:root{color-scheme:light}
body{margin:12px 16px;font:15px/1.55 -apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;color:#1f2328;background:#fff;overflow-wrap:break-word}
img{max-width:100%;height:auto}
img[data-remote],img[src^="cid:"]{display:inline-block;min-width:16px;min-height:16px;background:#eef0f3;border:1px dashed #c7ccd4;border-radius:3px}
blockquote{margin:.5em 0;padding-left:.8em;border-left:3px solid #d5d9df;color:#57606a}
table{max-width:100%}
pre{white-space:pre-wrap}
a{color:#3b5bdb}`

interface HtmlFrameProps {
  html: string
  /** Turns the address of a picture on the web into one of ours; without it, such pictures stay empty. */
  imageSource?: ((url: string) => string) | undefined
  minHeight?: number
}

/**
 * HTML of a mail in a frame of its own: no script ever runs in it, and nothing is loaded but from us. The server has
 * cleaned it already; this is the second wall. Styles are set by script because the page's policy forbids them in HTML.
 */
export function HtmlFrame({ html, imageSource, minHeight = 60 }: HtmlFrameProps) {
  const say = useStrings(strings)
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(minHeight)
  const fit = (): void => {
    const body = frame.current?.contentDocument?.body
    if (body) setHeight(Math.min(Math.max(body.scrollHeight + 24, minHeight), 4000))
  }
  const onLoad = (): void => {
    if (frame.current) applyStyles(frame.current)
    fit()
    for (const image of frame.current?.contentDocument?.images ?? []) image.addEventListener('load', fit)
  }
  return (
    <iframe
      ref={frame}
      title={say.frameTitle}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={documentOf(html, imageSource)}
      onLoad={onLoad}
      style={{ height }}
      className="block w-full border-0 bg-white"
    />
  )
}

/** Whether there are pictures that would be fetched from elsewhere. */
export function hasRemoteImages(html: string): boolean {
  return html.includes(REMOTE)
}

function applyStyles(frame: HTMLIFrameElement): void {
  const inner = frame.contentWindow as (Window & typeof globalThis) | null
  const page = frame.contentDocument
  if (!inner || !page) return
  const sheet = new inner.CSSStyleSheet()
  sheet.replaceSync(SHEET)
  page.adoptedStyleSheets = [sheet]
  for (const element of page.querySelectorAll<HTMLElement>('[data-style]')) element.style.cssText = element.dataset.style ?? ''
}

function documentOf(html: string, imageSource: HtmlFrameProps['imageSource']): string {
  const body = html.replaceAll(TAG, (tag) => {
    const styled = tag.replaceAll(' style="', ' data-style="')
    if (!styled.includes(REMOTE)) return styled
    if (!imageSource) return styled.replace(REMOTE, 'data-remote="')
    return styled.replace(/src="remote:([^"]*)"/, (_, url: string) => `src="${imageSource(url.replaceAll('&amp;', '&'))}"`)
  })
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><base target="_blank">${body}`
}
