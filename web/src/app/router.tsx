import { lazy, Suspense, useEffect, type ComponentType, type ReactNode } from 'react'
import { BrowserRouter, useLocation, useNavigationType, useRoutes, type RouteObject } from 'react-router'

import { Catch } from '@/ui/catch'

import { PageError } from './boundaries'
import { PageSkeleton } from './page-skeleton'

/** A line of `routes.tsx`: like React Router's, with `lazy` as the import of a page. */
export interface PageRoute {
  path?: string
  index?: boolean
  element?: ReactNode
  lazy?: () => Promise<{ default: ComponentType }>
  children?: PageRoute[]
}

// React Router's data router weighs 18 kB gz more and its loaders would do what TanStack Query does.
export function Router({ routes }: { routes: PageRoute[] }) {
  return (
    <BrowserRouter>
      <ScrollToTop />
      <Pages routes={routes} />
    </BrowserRouter>
  )
}

const built = new WeakMap<PageRoute[], RouteObject[]>()

function Pages({ routes }: { routes: PageRoute[] }) {
  const objects = built.get(routes) ?? routes.map(routeOf)
  built.set(routes, objects)
  return <Boundary>{useRoutes(objects)}</Boundary>
}

function routeOf({ path, index, element, lazy: load, children }: PageRoute): RouteObject {
  const shared = { ...(path !== undefined && { path }), element: load ? pageOf(load) : element }
  return index ? { ...shared, index: true } : { ...shared, ...(children && { children: children.map(routeOf) }) }
}

function pageOf(load: () => Promise<{ default: ComponentType }>): ReactNode {
  const Page = lazy(load)
  return (
    <Boundary>
      <Suspense fallback={<PageSkeleton />}>
        <Page />
      </Suspense>
    </Boundary>
  )
}

/** Shows what a page threw in its own place, until one goes elsewhere. */
function Boundary({ children }: { children: ReactNode }) {
  const { pathname } = useLocation()
  return (
    <Catch at={pathname} failed={(error, retry) => <PageError error={error} onRetry={retry} />}>
      {children}
    </Catch>
  )
}

function ScrollToTop() {
  const { pathname } = useLocation()
  const kind = useNavigationType()
  useEffect(() => {
    if (kind !== 'POP') window.scrollTo(0, 0)
  }, [pathname, kind])
  return null
}
