import { AlertCircle } from 'lucide-react'
import { createContext, use, useId, useMemo, type ReactNode } from 'react'

import { ApiError } from '@/api/client'

import { Banner } from './banner'
import { cx } from './class-names'
import { useStrings } from './locale'
import { strings } from './strings'

interface FieldState {
  id: string
  describedBy: string | undefined
  isInvalid: boolean
  isRequired: boolean
}

const FieldContext = createContext<FieldState | null>(null)

/** What a control inside a `Field` puts on its element. */
export function useFieldProps(own: { id?: string | undefined; required?: boolean | undefined } = {}) {
  const field = use(FieldContext)
  if (!field) return { id: own.id, required: own.required }
  return {
    id: own.id ?? field.id,
    required: own.required ?? (field.isRequired || undefined),
    'aria-describedby': field.describedBy,
    'aria-invalid': field.isInvalid || undefined,
  }
}

export interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  isRequired?: boolean
  isOptional?: boolean
  /** Sits at the right end of the label's line, e.g. a link. */
  aside?: ReactNode
  className?: string
  children: ReactNode
}

/** Label, control, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, isRequired = false, isOptional, aside, className, children }: FieldProps) {
  const id = useId()
  const say = useStrings(strings)
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  const state = useMemo(
    () => ({ id, describedBy, isInvalid: Boolean(error), isRequired }),
    [id, describedBy, error, isRequired],
  )
  return (
    <FieldContext value={state}>
      <div className={cx('flex flex-col gap-1.5', className)}>
        <div className="flex items-baseline justify-between gap-3">
          <label htmlFor={id} className="text-sm font-medium text-ink">
            {label}
            {isOptional && <span className="ml-1.5 font-normal text-faint">{say.optional}</span>}
          </label>
          {aside && <span className="text-sm">{aside}</span>}
        </div>
        {children}
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        )}
        {error && (
          <p id={`${id}-error`} role="alert" className="flex items-start gap-1.5 text-sm text-red">
            <AlertCircle className="mt-0.5 size-3.5 shrink-0" aria-hidden />
            {error}
          </p>
        )}
      </div>
    </FieldContext>
  )
}

/** The sentence of an error that belongs to no single field. */
export function FormError({ error, fields = [] }: { error: unknown; fields?: string[] }) {
  const say = useStrings(strings)
  if (!error) return null
  if (error instanceof ApiError && fields.some((name) => error.field(name))) return null
  const message = error instanceof Error ? error.message : say.wentWrong
  return <Banner tone="danger">{message}</Banner>
}

/** The message for one field out of whatever a mutation threw. */
export function fieldError(error: unknown, name: string): string | undefined {
  return error instanceof ApiError ? error.field(name) : undefined
}
