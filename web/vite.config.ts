import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const API = process.env.DESKWELL_API ?? 'http://localhost:8000'
// Pages belong to the web app; every other path is the API's.
const PAGES = 'app|portal|sign-in|sign-up|reset|setup|invitation|confirm-email|gallery'

// Light parts that nearly every page uses. Those that stand on a library come with the page that needs them.
const SHARED =
  /src\/ui\/(avatar|badge|banner|button|card|class-names|field|input|kbd|locale|logo|page|pagination|relative-time|segmented|spinner|stars|states|strings|theme|toast|tooltip)\.|node_modules\/clsx\//

/** Applies the stored theme before the first paint: a file, because the server's CSP forbids inline scripts. */
function themeBeforePaint(): Plugin {
  const source = readFileSync(new URL('./src/app/theme-before-paint.js', import.meta.url), 'utf8')
  return {
    name: 'theme-before-paint',
    buildStart() {
      if (this.meta.watchMode || this.environment.mode === 'dev') return
      this.emitFile({ type: 'asset', name: 'theme.js', source })
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        if (!context.bundle) return [{ tag: 'script', children: source, injectTo: 'head-prepend' }]
        const file = Object.keys(context.bundle).find((name) => /theme-[\w-]+\.js$/.test(name))
        return [{ tag: 'script', attrs: { src: `/${file}` }, injectTo: 'head-prepend' }]
      },
    },
  }
}

/** The API's page at /docs, from our own files: the server's CSP allows no other host. */
function apiDocs(): Plugin {
  const folder = new URL('./node_modules/swagger-ui-dist/', import.meta.url)
  return {
    name: 'api-docs',
    apply: 'build',
    generateBundle() {
      for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE']) {
        this.emitFile({ type: 'asset', fileName: `docs/${name}`, source: readFileSync(new URL(name, folder)) })
      }
      const start = "SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, tryItOutEnabled: true, validatorUrl: null })\n"
      this.emitFile({ type: 'asset', fileName: 'docs/start.js', source: start })
    },
  }
}

/** Writes each script and style compressed beside itself; the server sends what the browser understands. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle(options, bundle) {
      for (const item of Object.values(bundle)) {
        if (!/^assets\/.*\.(js|css|svg)$/.test(item.fileName)) continue
        const path = join(options.dir ?? '', item.fileName)
        const content = readFileSync(path)
        writeFileSync(`${path}.br`, brotliCompressSync(content))
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
      }
    },
  }
}

/** Prints what a first visit to a page loads, in kB of gzipped JavaScript. */
function firstLoad(pages: Record<string, string[]>): Plugin {
  return {
    name: 'first-load',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((item) => item.type === 'chunk')
      const size = new Map(chunks.map((chunk) => [chunk.fileName, gzipSync(chunk.code).length]))
      const reached = (file: string, seen: Set<string>): void => {
        if (seen.has(file)) return
        seen.add(file)
        chunks.find((chunk) => chunk.fileName === file)?.imports.forEach((next) => reached(next, seen))
      }
      for (const [name, modules] of Object.entries(pages)) {
        const seen = new Set<string>()
        for (const chunk of chunks) {
          const isWanted = chunk.isEntry || modules.some((path) => chunk.facadeModuleId?.endsWith(path))
          if (isWanted) reached(chunk.fileName, seen)
        }
        const total = [...seen].reduce((sum, file) => sum + (size.get(file) ?? 0), 0)
        this.info(`first load of ${name}: ${(total / 1000).toFixed(1)} kB gz JavaScript in ${seen.size} files`)
      }
    },
  }
}

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    themeBeforePaint(),
    apiDocs(),
    compressed(),
    firstLoad({
      'the sign-in page': ['pages/accounts/sign-in.tsx'],
      'the portal (my tickets)': ['pages/portal/layout.tsx', 'pages/portal/tickets.tsx'],
      'the portal (a thread)': ['pages/portal/layout.tsx', 'pages/portal/ticket.tsx'],
      'the workspace shell': ['app/workspace-shell.tsx'],
      'the inbox with a ticket': ['app/workspace-shell.tsx', 'pages/workspace/inbox.tsx', 'pages/workspace/ticket-pane.tsx', 'pages/workspace/details-pane.tsx'],
    }),
  ],
  resolve: {
    alias: {
      '@': new URL('./src', import.meta.url).pathname,
      'react-style-singleton': new URL('./src/ui/style-singleton.ts', import.meta.url).pathname,
    },
  },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What many pages share travels together: one file instead of twenty of some hundred bytes.
        codeSplitting: {
          groups: [
            // What every page stands on.
            { name: 'base', test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack\/(query-core|react-query)|openapi-fetch)\//, priority: 2 },
            { name: 'shared', test: SHARED, minShareCount: 8 },
            { name: 'icons', test: /node_modules\/lucide-react\//, minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 12_000 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      [`^/(?!(${PAGES})([/?]|$)|src/|@|node_modules/|[?]|$)`]: { target: API, changeOrigin: false, ws: false },
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], css: false },
})
