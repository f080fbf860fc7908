/** Tells the server what broke in this browser: the kind of error and the place, never what was on the screen. */
const told = new Set<string>()

export function reportFaults(): void {
  window.addEventListener('error', (event) => tell(event.error, `${file(event.filename)}:${event.lineno}:${event.colno}`))
  window.addEventListener('unhandledrejection', (event) => tell(event.reason))
}

function tell(error: unknown, place?: string): void {
  // What the server or the network refused is no fault of this page.
  if (!(error instanceof Error) || error.name.endsWith('ApiError') || error.name === 'OfflineError' || error.name === 'AbortError') return
  const where = place ?? placeOf(error)
  const key = `${error.name} ${where}`
  if (told.has(key) || told.size > 20) return
  told.add(key)
  void fetch('/errors', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ kind: error.name, place: `${where} (${window.location.pathname.replace(/[0-9a-f-]{36}/g, ':id')})` }),
    keepalive: true,
  }).catch(() => undefined)
}

function placeOf(error: Error): string {
  const frame = /(\/assets\/[\w.-]+\.js:\d+:\d+)/.exec(error.stack ?? '')
  return frame?.[1] ?? 'unknown'
}

function file(url: string): string {
  return url.replace(window.location.origin, '')
}
