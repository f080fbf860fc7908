/** Every page of the web app, one line each; each is a file of its own that loads when it is visited. */
import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'

import { Home, NotFound, RouteError, StaffOnly } from './boundaries'
import { PageSkeleton } from './page-skeleton'

type Module = { default: ComponentType }

/** `lazy: page(() => import('@/pages/…'))`: the file's default export is the page. */
const page = (load: () => Promise<Module>) => async () => ({ Component: (await load()).default })

const workspace: RouteObject[] = []

// Under /app/settings; entries of its menu are in navigation.ts.
const settings: RouteObject[] = [
  { index: true, lazy: page(() => import('./settings-index')) },
]

const open: RouteObject[] = [
  { path: 'sign-in', lazy: page(() => import('@/pages/accounts/sign-in')) },
]

export const routes: RouteObject[] = [
  {
    errorElement: <RouteError />,
    hydrateFallbackElement: <PageSkeleton />,
    children: [
      { path: '/', element: <Home /> },
      ...open,
      {
        path: 'app',
        element: <StaffOnly />,
        children: [
          {
            lazy: page(() => import('./workspace-shell')),
            children: [
              ...workspace,
              { path: 'settings', lazy: page(() => import('./settings-layout')), children: settings },
            ],
          },
        ],
      },
      ...(import.meta.env.DEV ? [{ path: 'gallery', lazy: page(() => import('@/pages/gallery')) }] : []),
      { path: '*', element: <NotFound /> },
    ],
  },
]
