import { ChevronLeft } from 'lucide-react'
import { createContext, use, useEffect, type ComponentProps, type FormEvent, type ReactNode } from 'react'
import { Link } from 'react-router'

import { Button } from './button'
import { cx } from './class-names'
import { useStrings } from './locale'
import { strings } from './strings'

/** What stands behind the page's name in the tab's title: the desk, or a brand's name in its portal. */
export const SiteName = createContext('Deskwell')

/** Sets the tab's title. */
export function usePageTitle(title: string | undefined): void {
  const site = use(SiteName)
  useEffect(() => {
    if (title) document.title = `${title} · ${site}`
  }, [title, site])
}

interface PageHeaderProps {
  title: ReactNode
  /** One sentence. */
  description?: ReactNode
  actions?: ReactNode
  back?: { to: string; label: string }
  meta?: ReactNode
}

export function PageHeader({ title, description, actions, back, meta }: PageHeaderProps) {
  usePageTitle(typeof title === 'string' ? title : undefined)
  return (
    <header className="mb-6">
      {back && (
        <Link to={back.to} className="mb-2 -ml-1 inline-flex items-center gap-0.5 text-sm text-muted hover:text-ink">
          <ChevronLeft className="size-4" aria-hidden />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-xl font-semibold">{title}</h1>
          {description && <p className="mt-1 max-w-2xl text-base text-muted">{description}</p>}
          {meta && <div className="mt-2 flex flex-wrap items-center gap-2 text-sm text-muted">{meta}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  )
}

interface SettingsPageProps {
  title: string
  /** One sentence: what these settings are for. */
  description: ReactNode
  actions?: ReactNode
  back?: { to: string; label: string }
  children: ReactNode
  isWide?: boolean
}

/** A page under /app/settings: title, one sentence, sections. */
export function SettingsPage({ title, description, actions, back, children, isWide = false }: SettingsPageProps) {
  return (
    <div className={cx('mx-auto px-4 py-5 sm:px-8 sm:py-8', isWide ? 'max-w-6xl' : 'max-w-3xl')}>
      <PageHeader title={title} description={description} actions={actions} {...(back && { back })} />
      <div className="space-y-6">{children}</div>
    </div>
  )
}

interface SettingsSectionProps {
  title?: ReactNode
  description?: ReactNode
  actions?: ReactNode
  /** No padding, e.g. around a table. */
  isFlush?: boolean
  children: ReactNode
}

export function SettingsSection({ title, description, actions, isFlush = false, children }: SettingsSectionProps) {
  return (
    <section className="lit overflow-hidden rounded-lg border border-line bg-surface">
      {(title || actions) && (
        <div className="flex flex-wrap items-start justify-between gap-3 border-b border-line px-5 py-3.5">
          <div className="min-w-0">
            {title && <h2 className="text-md font-semibold">{title}</h2>}
            {description && <p className="mt-0.5 text-sm text-muted">{description}</p>}
          </div>
          {actions && <div className="flex gap-2">{actions}</div>}
        </div>
      )}
      <div className={isFlush ? undefined : 'space-y-4 px-5 py-4'}>{children}</div>
    </section>
  )
}

interface FormProps extends Omit<ComponentProps<'form'>, 'onSubmit' | 'action'> {
  onSubmit: () => unknown
}

/** A form that submits without reloading; the fields keep their values when the server refuses. */
export function Form({ onSubmit, className, ...rest }: FormProps) {
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    void onSubmit()
  }
  return <form className={cx('space-y-4', className)} onSubmit={submit} {...rest} />
}

interface FormActionsProps {
  isBusy: boolean
  isDirty?: boolean
  submitLabel?: string
  onCancel?: () => void
}

export function FormActions({ isBusy, isDirty = true, submitLabel, onCancel }: FormActionsProps) {
  const say = useStrings(strings)
  return (
    <div className="flex justify-end gap-2 pt-1">
      {onCancel && <Button onClick={onCancel}>{say.cancel}</Button>}
      <Button type="submit" variant="primary" isBusy={isBusy} disabled={!isDirty}>
        {submitLabel ?? say.save}
      </Button>
    </div>
  )
}
