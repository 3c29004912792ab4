import assert from 'node:assert/strict'
import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { testDatabase } from '#test/database'
import { Person } from '#test/people'
import { sandboxEnvironment, startTestSandbox } from '#test/sandbox'
import { tempFolder } from '#test/temp-folder'
import { startVitte } from '#test/vitte'
import { buildPage } from '../../build/page.ts'
import { buildServer } from '../../build/server.ts'

// No container is started here: the files that the image gets are laid out alone, and Vitte is run from them.
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MASHA = 700_000_001

/** What the last stage of the Dockerfile copies, from the checkout and from the stage that built. */
async function copiedInto(): Promise<string[]> {
  const dockerfile = await readFile(join(ROOT, 'deploy/Dockerfile'), 'utf8')
  const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '))
  return [...last.matchAll(/^COPY (?:--from=\S+ )?(.+) \S+$/gm)].flatMap(([, paths = '']) =>
    paths.split(' ').map((path) => path.replace('/vitte/', '')),
  )
}

test('what the image holds is enough: Vitte starts from it, shows the page and answers', async (t) => {
  await Promise.all([buildPage(), buildServer()])
  const house = await tempFolder(t, 'vitte-image')
  const paths = await copiedInto()
  assert.ok(paths.includes('dist') && !paths.includes('node_modules'))
  for (const path of paths) {
    const filter = (source: string) => path !== 'src' || !/\.\w+$/.test(source) || source.endsWith('.sql')
    await cp(join(ROOT, path), join(house, path), { recursive: true, filter })
  }
  const database = await testDatabase(t)
  const sandbox = await startTestSandbox(t, { appUrl: 'http://127.0.0.1:1' })
  const env = { DATABASE_URL: database.connectionString, ...sandboxEnvironment(sandbox) }
  const { url } = await startVitte(t, env, house)
  const page = await fetch(url)
  assert.equal(page.status, 200)
  assert.match(await page.text(), /<script type="module"/)
  const masha = new Person(url)
  await masha.signInByWidget(sandbox, MASHA)
  await masha.confirmAdult()
  await masha.startConversation('arina')
  const { text } = await masha.talk('привет')
  assert.ok(text.length > 0)
})
