/** The one door to the server: typed calls, errors as `ApiError`, and what happens when a session ends. */
import createClient from 'openapi-fetch'

import type { paths } from './schema'

export interface FieldError {
  field: string
  message: string
}

/** What the server said went wrong. `message` is a sentence for a person. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
    readonly errors: FieldError[] = [],
    readonly requestId?: string,
    readonly retryAfter?: number,
    readonly body: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = 'ApiError'
  }

  /** The message of one field, for a `Field`. */
  field(name: string): string | undefined {
    return this.errors.find((error) => error.field === name || error.field.endsWith(`.${name}`))?.message
  }
}

/** Nothing reached the server: no network, or the server is not running. */
export class OfflineError extends ApiError {
  constructor() {
    super('The server cannot be reached. Check your connection and try again.', 0, 'offline')
    this.name = 'OfflineError'
  }
}

let sessionEnded: () => void = () => undefined

/** Called once by the app: what to do when the server no longer knows the session. */
export function onSessionEnded(listener: () => void): void {
  sessionEnded = listener
}

async function send(input: Request): Promise<Response> {
  try {
    return await fetch(input)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new OfflineError()
  }
}

/** Typed client: `data(api.GET('/ticket/{ticket_id}', { params: { path: { ticket_id } } }))`. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  fetch: send,
})

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The answer's data; throws `ApiError` otherwise. */
export async function data<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data: value, error, response } = await call
  if (response.ok) return value as T
  throw failure(response, error)
}

export function failure(response: Pick<Response, 'status' | 'headers'>, body: unknown): ApiError {
  const said = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  if (response.status === 401 && said.code !== 'wrong_credentials') sessionEnded()
  const detail = typeof said.detail === 'string' ? said.detail : `The server answered ${response.status}.`
  const errors = Array.isArray(said.errors) ? (said.errors as FieldError[]) : []
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined
  const code = typeof said.code === 'string' ? said.code : String(response.status)
  return new ApiError(detail, response.status, code, errors, said.request_id as string, retryAfter, said)
}

type Query = Record<string, string | number | boolean | null | undefined | (string | number)[]>

interface CallOptions {
  query?: Query
  headers?: Record<string, string>
  signal?: AbortSignal
}

function address(path: string, query: Query = {}): string {
  const url = new URL(path, window.location.origin)
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue
    for (const item of Array.isArray(value) ? value : [value]) url.searchParams.append(key, String(item))
  }
  return url.toString()
}

async function call<T>(method: string, path: string, body: unknown, options: CallOptions = {}): Promise<T> {
  const headers = { Accept: 'application/json', ...options.headers }
  const response = await send(
    new Request(address(path, options.query), {
      method,
      credentials: 'same-origin',
      signal: options.signal ?? null,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    }),
  )
  const answer: unknown = await response.json().catch(() => ({}))
  if (!response.ok) throw failure(response, answer)
  return answer as T
}

/** For calls whose answer the generated types do not describe; prefer `api` where they do. */
export const http = {
  get: <T>(path: string, query?: Query, options?: CallOptions) =>
    call<T>('GET', path, undefined, { ...options, ...(query && { query }) }),
  post: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('POST', path, body ?? {}, options),
  put: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('PUT', path, body ?? {}, options),
  patch: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('PATCH', path, body ?? {}, options),
  delete: <T>(path: string, query?: Query, options?: CallOptions) =>
    call<T>('DELETE', path, undefined, { ...options, ...(query && { query }) }),
}
