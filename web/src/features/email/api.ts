import { queryOptions } from '@tanstack/react-query'

import { api, data } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Account = Schemas['AccountRead']
export type AccountWrite = Schemas['AccountWrite']
export type Template = Schemas['TemplateRead']
export type TemplateWrite = Schemas['TemplateWrite']
export type TemplateType = Template['template_type']
export type SendEmail = Schemas['SendEmail']
export type InboundMail = Schemas['InboundRead']
export type FailedMail = Schemas['FailedRead']
export type InboundState = 'failed' | 'filtered'

export const emailQueries = {
  all: ['email'] as const,
  accounts: () =>
    queryOptions({
      queryKey: [...emailQueries.all, 'accounts'],
      queryFn: () => data(api.GET('/admin/email-accounts')),
      refetchInterval: 15_000,
    }),
  templates: () =>
    queryOptions({
      queryKey: [...emailQueries.all, 'templates'],
      queryFn: () => data(api.GET('/admin/email-templates')),
    }),
  health: () =>
    queryOptions({
      queryKey: [...emailQueries.all, 'health'],
      queryFn: () => data(api.GET('/admin/email/health')),
      refetchInterval: 10_000,
    }),
  inbound: (state: InboundState) =>
    queryOptions({
      queryKey: [...emailQueries.all, 'inbound', state],
      queryFn: () => data(api.GET('/admin/email/inbound', { params: { query: { state } } })),
    }),
  held: () =>
    queryOptions({
      queryKey: [...emailQueries.all, 'held'],
      queryFn: () => data(api.GET('/admin/email/held')),
      refetchInterval: 15_000,
    }),
  settings: () =>
    queryOptions({
      queryKey: [...emailQueries.all, 'settings'],
      queryFn: () => data(api.GET('/admin/email/settings')),
    }),
  failed: () =>
    queryOptions({
      queryKey: [...emailQueries.all, 'failed'],
      queryFn: () => data(api.GET('/admin/email/failed')),
    }),
}

export const saveAccount = (body: AccountWrite) => data(api.POST('/admin/email-accounts', { body }))

const account = (id: string) => ({ params: { path: { account_id: id } } })
export const testSending = (id: string) => data(api.POST('/admin/email-accounts/{account_id}/test', account(id)))
export const testFetching = (id: string) => data(api.POST('/admin/email-accounts/{account_id}/test-imap', account(id)))
export const deleteAccount = (id: string, confirm: boolean) =>
  data(api.DELETE('/admin/email-accounts/{account_id}', { params: { path: { account_id: id }, query: { confirm } } }))
export const setPolling = (id: string, isOn: boolean) =>
  isOn
    ? data(api.POST('/admin/email-accounts/{account_id}/enable-polling', account(id)))
    : data(api.POST('/admin/email-accounts/{account_id}/disable-polling', account(id)))

export const saveTemplate = (body: TemplateWrite) => data(api.POST('/admin/email-templates', { body }))
export const deleteTemplate = (id: string) =>
  data(api.DELETE('/admin/email-templates/{template_id}', { params: { path: { template_id: id } } }))
export const previewTemplate = (body: Schemas['TemplatePreview']) => data(api.POST('/admin/email-templates/preview', { body }))
export const sendTest = (body: Schemas['TemplateTest']) => data(api.POST('/admin/email-templates/test-send', { body }))

export const sendEmail = (ticketId: string, body: SendEmail) =>
  data(api.POST('/ticket/{ticket_id}/send-email', { params: { path: { ticket_id: ticketId } }, body }))
const mailOf = (ticketId: string, emailId: string) => ({ params: { path: { ticket_id: ticketId, email_id: emailId } } })
export const retryEmail = (ticketId: string, emailId: string) =>
  data(api.POST('/ticket/{ticket_id}/emails/{email_id}/retry', mailOf(ticketId, emailId)))
export const readHeaders = (ticketId: string, emailId: string) =>
  data(api.GET('/ticket/{ticket_id}/emails/{email_id}/headers', mailOf(ticketId, emailId)))
export const retryFailed = (emailId: string) =>
  data(api.POST('/admin/email/failed/{email_id}/retry', { params: { path: { email_id: emailId } } }))
const inbound = (id: string) => ({ params: { path: { inbound_id: id } } })
export const letIn = (sender: string) => data(api.POST('/admin/email/held/release', { body: { from_email: sender } }))
export const saveMailSettings = (body: Schemas['MailSettings']) => data(api.PUT('/admin/email/settings', { body }))
export const readAgain = (id: string) => data(api.POST('/admin/email/inbound/{inbound_id}/retry', inbound(id)))
export const forgetInbound = (id: string) => data(api.DELETE('/admin/email/inbound/{inbound_id}', inbound(id)))
export const sendersQuery = () =>
  queryOptions({
    queryKey: [...emailQueries.all, 'senders'],
    queryFn: () => data(api.GET('/email/senders')),
    staleTime: 60_000,
  })
