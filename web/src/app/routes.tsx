/** Every page of the web app, one line each; each is a file of its own that loads when it is visited. */
import type { ComponentType } from 'react'

import { CustomerOnly, Home, NotFound, StaffOnly } from './boundaries'
import type { PageRoute } from './router'

/** `lazy: page(() => import('@/pages/…'))`: the file's default export is the page. */
const page = (load: () => Promise<{ default: ComponentType }>) => load

const workspace: PageRoute[] = [
  { index: true, lazy: page(() => import('@/pages/workspace/home')) },
  { path: 'inbox/:view?/:ticketId?', lazy: page(() => import('@/pages/workspace/inbox')) },
  { path: 'tickets/:ticketId', lazy: page(() => import('@/pages/workspace/ticket')) },
  { path: 'trash', lazy: page(() => import('@/pages/tickets/trash')) },
  { path: 'notifications', lazy: page(() => import('@/pages/notifications/centre')) },
  { path: 'customers', lazy: page(() => import('@/pages/accounts/customers')) },
  { path: 'customers/:customerId', lazy: page(() => import('@/pages/accounts/customer')) },
  { path: 'companies/:companyId', lazy: page(() => import('@/pages/accounts/company')) },
  { path: 'reports', lazy: page(() => import('@/pages/reports/dashboard')) },
  { path: 'time', lazy: page(() => import('@/pages/time_tracking/report')) },
]

// Articles and what readers make of them.
const knowledge: PageRoute[] = [
  { index: true, lazy: page(() => import('@/pages/knowledge/articles')) },
  { path: 'topics', lazy: page(() => import('@/pages/knowledge/topics')) },
  { path: 'insights', lazy: page(() => import('@/pages/knowledge/insights')) },
  { path: 'to-mend', lazy: page(() => import('@/pages/knowledge/to-mend')) },
  { path: 'synonyms', lazy: page(() => import('@/pages/knowledge/synonyms')) },
]

// Under /app/settings; entries of its menu are in navigation.ts.
const settings: PageRoute[] = [
  { path: 'activity', lazy: page(() => import('@/pages/tickets/activity')) },
  { index: true, lazy: page(() => import('./settings-index')) },
  { path: 'errors', lazy: page(() => import('@/pages/operations/errors')) },
  { path: 'contexts', lazy: page(() => import('@/pages/contexts/settings')) },
  { path: 'profile', lazy: page(() => import('@/pages/accounts/profile')) },
  { path: 'notifications', lazy: page(() => import('@/pages/notifications/preferences')) },
  { path: 'people', lazy: page(() => import('@/pages/accounts/people')) },
  { path: 'roles', lazy: page(() => import('@/pages/accounts/roles')) },
  { path: 'teams', lazy: page(() => import('@/pages/teams/settings')) },
  { path: 'companies', lazy: page(() => import('@/pages/accounts/companies')) },
  { path: 'rules', lazy: page(() => import('@/pages/automation/rules')) },
  { path: 'rules/:ruleId', lazy: page(() => import('@/pages/automation/rule')) },
  { path: 'macros', lazy: page(() => import('@/pages/macros/macros')) },
  { path: 'canned-responses', lazy: page(() => import('@/pages/macros/canned-responses')) },
  { path: 'email-accounts', lazy: page(() => import('@/pages/email/accounts')) },
  { path: 'email-templates', lazy: page(() => import('@/pages/email/templates')) },
  { path: 'email-health', lazy: page(() => import('@/pages/email/health')) },
  { path: 'tags', lazy: page(() => import('@/pages/fields/tags')) },
  { path: 'categories', lazy: page(() => import('@/pages/fields/categories')) },
  { path: 'custom-fields', lazy: page(() => import('@/pages/fields/custom-fields')) },
  { path: 'api-keys', lazy: page(() => import('@/pages/accounts/api-keys')) },
  { path: 'audit', lazy: page(() => import('@/pages/accounts/audit')) },
  { path: 'ai', lazy: page(() => import('@/pages/ai/settings')) },
  { path: 'ai-quality', lazy: page(() => import('@/pages/ai/quality')) },
  { path: 'sla', lazy: page(() => import('@/pages/sla/levels')) },
  { path: 'reports', lazy: page(() => import('@/pages/reports/settings')) },
  { path: 'calendars', lazy: page(() => import('@/pages/sla/calendars')) },
]

const portal: PageRoute[] = [
  { index: true, lazy: page(() => import('@/pages/portal/tickets')) },
  { path: 'new', lazy: page(() => import('@/pages/portal/new-ticket')) },
  { path: 'tickets/:ticketId', lazy: page(() => import('@/pages/portal/ticket')) },
  { path: 'profile', lazy: page(() => import('@/pages/portal/profile')) },
]

const open: PageRoute[] = [
  { path: 'sign-in', lazy: page(() => import('@/pages/accounts/sign-in')) },
  { path: 'sign-up', lazy: page(() => import('@/pages/accounts/sign-up')) },
  { path: 'reset', lazy: page(() => import('@/pages/accounts/reset')) },
  { path: 'setup', lazy: page(() => import('@/pages/accounts/set-up')) },
  { path: 'invitation', lazy: page(() => import('@/pages/accounts/invitation')) },
  { path: 'confirm-email', lazy: page(() => import('@/pages/accounts/confirm-email')) },
]

export const routes: PageRoute[] = [
  { path: '/', element: <Home /> },
  ...open,
  {
    path: 'portal',
    element: <CustomerOnly />,
    children: [{ lazy: page(() => import('@/pages/portal/layout')), children: portal }],
  },
  {
    path: 'app',
    element: <StaffOnly />,
    children: [
      {
        lazy: page(() => import('./workspace-shell')),
        children: [
          ...workspace,
          { path: 'knowledge/articles/:articleId', lazy: page(() => import('@/pages/knowledge/article')) },
          { path: 'knowledge', lazy: page(() => import('@/pages/knowledge/layout')), children: knowledge },
          { path: 'settings', lazy: page(() => import('./settings-layout')), children: settings },
        ],
      },
    ],
  },
  ...(import.meta.env.DEV ? [{ path: 'gallery', lazy: page(() => import('@/pages/gallery')) }] : []),
  { path: '*', element: <NotFound /> },
]
