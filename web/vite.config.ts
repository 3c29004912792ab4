import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'
import { compileFtl } from './texts/compile-ftl.ts'

const root = fileURLToPath(new URL('.', import.meta.url))

// What the chat shares with other lazy parts.
const SHARED_BY_THE_CHAT =
  /\/web\/(api|texts|theme|telegram|credits|shell|settings\/menu-button)(?!.*(sheet|use-action|pages?\.tsx|own-path|menu-icons|more-texts|credits-texts|shop(?!-place)|purchase|debt|credits\/queries))/

/**
 * One build for the site and for the Mini App at `/app`. Nothing is inlined into the HTML or the CSS: the page runs
 * under `script-src 'self'; style-src 'self'`.
 */
const config: InlineConfig = {
  root,
  base: '/',
  resolve: { alias: { 'use-sync-external-store/shim/index.js': `${root}shell/sync-store-shim.ts` } },
  publicDir: `${root}public`,
  plugins: [compileFtl(), react(), tailwindcss()],
  build: {
    outDir: `${root}dist`,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // The page names its own parts; a lazy part is asked for when it is wanted, without a list of what it needs.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // A dozen files of 300 bytes pack and travel worse than one.
        codeSplitting: { groups: [{ name: 'shared', minShareCount: 2, test: SHARED_BY_THE_CHAT }] },
      },
    },
  },
}

export default config
