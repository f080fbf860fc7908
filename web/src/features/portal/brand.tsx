import { useQuery } from '@tanstack/react-query'
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'

import { SiteName } from '@/ui/page'

import { portalQueries, type ContextName } from './api'

const REMEMBERED = 'deskwell.brand'
const BrandContext = createContext<{ brand: ContextName | null; show: (name: string) => void }>({
  brand: null,
  show: () => undefined,
})

/** The portal in the look of a brand: the one whose ticket is read, that was come from, or the only one there is. */
export function BrandProvider({ children }: { children: ReactNode }) {
  const { data } = useQuery(portalQueries.contexts())
  const [params] = useSearchParams()
  const asked = params.get('context')
  const [shown, show] = useState(() => sessionStorage.getItem(REMEMBERED))
  if (asked && asked !== shown) show(asked)
  useEffect(() => {
    if (shown) sessionStorage.setItem(REMEMBERED, shown)
  }, [shown])
  const known = data?.contexts
  const brand = known?.find(({ name }) => isSame(name, shown)) ?? (known?.length === 1 ? known[0] : undefined) ?? null
  useBrandColours(brand)
  const value = useMemo(() => ({ brand, show }), [brand])
  return (
    <SiteName value={brand?.name ?? 'Deskwell'}>
      <BrandContext value={value}>{children}</BrandContext>
    </SiteName>
  )
}

function isSame(name: string, other: string | null): boolean {
  return other !== null && name.toLowerCase() === other.toLowerCase()
}

export const useBrand = () => use(BrandContext).brand

/** The page is about this context: the portal takes its look. */
export function useBrandOf(context: string | undefined): void {
  const { show } = use(BrandContext)
  useEffect(() => {
    if (context) show(context)
  }, [context, show])
}

/** On the root element, so that menus and dialogs have the colours too. */
function useBrandColours(brand: ContextName | null): void {
  const look = brand?.look
  useEffect(() => {
    if (!look) return
    const text = `light-dark(${look.on_light}, ${look.on_dark})`
    const share = (part: number): string => `color-mix(in oklab, ${text} ${part}%, transparent)`
    const values = {
      '--accent': look.fill,
      '--accent-hover': `color-mix(in oklab, ${look.fill} 88%, ${look.ink === '#ffffff' ? 'black' : 'white'})`,
      '--accent-ink': look.ink,
      '--accent-text': text,
      '--accent-soft': share(13),
      '--accent-line': share(40),
      '--ring': share(75),
    }
    const { style } = document.documentElement
    for (const [name, value] of Object.entries(values)) style.setProperty(name, value)
    return () => {
      for (const name of Object.keys(values)) style.removeProperty(name)
    }
  }, [look])
}

/** The brand's logo, or its first letter and its name. */
export function BrandMark({ brand }: { brand: ContextName }) {
  if (brand.logo_url) return <img src={brand.logo_url} alt={brand.name} className="h-7 w-auto max-w-36 object-contain" />
  return (
    <>
      <span aria-hidden className="grid size-7 shrink-0 place-items-center rounded-md bg-accent text-sm font-semibold text-accent-ink">
        {brand.name.slice(0, 1).toUpperCase()}
      </span>
      <span className="max-w-44 truncate text-md font-semibold tracking-tight max-sm:hidden">{brand.name}</span>
    </>
  )
}
