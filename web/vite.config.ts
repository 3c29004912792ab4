import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))

/**
 * One build for the site and for the Mini App at `/app`. Nothing is inlined into the HTML or the CSS: the page runs
 * under `script-src 'self'; style-src 'self'`.
 */
const config: InlineConfig = {
  root,
  base: '/',
  resolve: { alias: { 'use-sync-external-store/shim/index.js': `${root}shell/sync-store-shim.ts` } },
  publicDir: `${root}public`,
  plugins: [react(), tailwindcss()],
  build: {
    outDir: `${root}dist`,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What several lazy parts share is one file: a dozen files of 300 bytes pack and travel worse.
        codeSplitting: { groups: [{ name: 'shared', minShareCount: 2, test: /\/web\/(?!main)/ }] },
      },
    },
  },
}

export default config
