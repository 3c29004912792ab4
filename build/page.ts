import { type Build, buildWhenChanged } from './stamped.ts'

const INTO = 'web/dist'
const OWN_TEXTS = /\/web(-[a-z]+)?\.ftl$/

const PAGE: Build = {
  name: 'page',
  into: INTO,
  sources: ['web', 'src/contract', 'locales', 'package-lock.json'],
  isLeftOut: (path) =>
    path.startsWith(`${INTO}/`) ||
    /\.(test\.ts|md)$/.test(path) ||
    (path.startsWith('locales/') && !OWN_TEXTS.test(path)),
  async make(folder) {
    const { build } = await import('vite')
    const { default: config } = await import('../web/vite.config.ts')
    await build({ ...config, configFile: false, logLevel: 'warn', build: { ...config.build, outDir: folder } })
  },
}

/** The page of the site and of the Mini App, into `web/dist`. Throws what Vite throws on a broken source. */
export function buildPage(options: { force?: boolean } = {}): Promise<'built' | 'unchanged'> {
  return buildWhenChanged(PAGE, options)
}
