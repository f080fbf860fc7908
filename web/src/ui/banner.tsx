import { AlertTriangle, CheckCircle2, Info, OctagonAlert, WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'

import { cx } from './class-names'

const LOOKS = {
  info: { looks: 'bg-blue-soft text-blue', icon: <Info /> },
  success: { looks: 'bg-green-soft text-green', icon: <CheckCircle2 /> },
  warning: { looks: 'bg-amber-soft text-amber', icon: <AlertTriangle /> },
  danger: { looks: 'bg-red-soft text-red', icon: <OctagonAlert /> },
  offline: { looks: 'bg-press text-muted', icon: <WifiOff /> },
}

interface BannerProps {
  tone?: keyof typeof LOOKS
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
  className?: string
}

/** A message that stays in place until its cause is gone. */
export function Banner({ tone = 'info', title, children, action, className }: BannerProps) {
  const { looks, icon } = LOOKS[tone]
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cx('flex flex-wrap items-start gap-2.5 rounded-md px-3 py-2.5 text-sm', looks, className)}
    >
      <span className="-mr-0.5 flex h-5 shrink-0 items-center [&_svg]:size-4">{icon}</span>
      <div className="min-w-0 flex-1 basis-56">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="text-ink">{children}</div>}
      </div>
      {action}
    </div>
  )
}
