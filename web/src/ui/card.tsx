import type { ComponentProps } from 'react'

import { cx } from './class-names'

export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div className={cx('lit rounded-lg border border-line bg-surface', className)} {...rest} />
}
