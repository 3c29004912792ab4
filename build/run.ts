import { buildPage } from './page.ts'
import { buildServer } from './server.ts'

/** `node build/run.ts [page|server] [--force]`: builds what has changed; both without a name. */
async function main(words: string[]): Promise<void> {
  const force = words.includes('--force')
  if (!words.includes('server')) await buildPage({ force })
  if (!words.includes('page')) await buildServer({ force })
}

await main(process.argv.slice(2))
