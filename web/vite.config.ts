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
  publicDir: `${root}public`,
  plugins: [react(), tailwindcss()],
  build: {
    outDir: `${root}dist`,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
}

export default config
