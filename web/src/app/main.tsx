import '@/ui/styles.css'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { ApiError } from '@/api/client'
import { reportFaults } from '@/api/report-faults'
import { SessionProvider } from '@/features/accounts/session'
import { LocaleProvider } from '@/ui/locale'
import { ShortcutProvider } from '@/ui/shortcuts'
import { ThemeProvider } from '@/ui/theme'
import { Toaster } from '@/ui/toast'

import { Router } from './router'
import { routes } from './routes'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // Offline a call fails at once and says so; TanStack would hold it back in silence.
      networkMode: 'always',
      refetchOnReconnect: true,
      // A refusal stays one; only a server that is away is asked again.
      retry: (count, error) => count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 502),
    },
    mutations: { networkMode: 'always' },
  },
})

// A deployment replaces the chunks; whoever still holds the old page loads the new one.
window.addEventListener('vite:preloadError', () => window.location.reload())

reportFaults()
createRoot(document.getElementById('root') as HTMLElement, {
  // What the server refused is shown in its place; what else a page threw is a fault, and told as one.
  onCaughtError: (error) => void (error instanceof ApiError || reportError(error)),
}).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <ThemeProvider>
        <LocaleProvider>
            <ShortcutProvider>
              <SessionProvider>
                <Router routes={routes} />
              </SessionProvider>
              <Toaster />
            </ShortcutProvider>
        </LocaleProvider>
      </ThemeProvider>
    </QueryClientProvider>
  </StrictMode>,
)
