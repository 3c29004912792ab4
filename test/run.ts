import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { finished } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { findTests } from './find-tests.ts'
import { groupFiles } from './group-files.ts'
import { announcePostgres, shareCompiledCode } from './harness/environment.ts'
import { startServer } from './harness/postgres-server.ts'
import { CHROMIUM, findTool, howToInstall, NGINX, REDIS } from './harness/tools.ts'

/** A file that takes longer hangs. */
const FILE_TIMEOUT_MS = 300_000
/** Test files wait for processes for half of their time, so three more than the cores keep these busy. */
const CONCURRENCY = availableParallelism() + 3

/** Files named after a run, so that one sees where its time went. */
const LONGEST_SHOWN = 25

/** These take long and most of a core: side by side they would starve each other, begun last they would be waited for. */
const LONG = /^test\/(simulate|browser|faults|migration)\//

const root = new URL('..', import.meta.url).pathname

/** `npm test -- credits live` runs the files whose path contains one of the words. */
async function main(words: string[]): Promise<void> {
  const missing = [REDIS, CHROMIUM, NGINX].filter((tool) => findTool(tool) === null)
  if (missing.length > 0) return fail(missing.map(howToInstall).join('\n'))
  const found = findTests(root, words)
  if (found.length === 0) return fail(`No test file has ${words.join(' or ')} in its path.`)
  const compiled = await mkdtemp(join(tmpdir(), 'vitte-compiled-'))
  shareCompiledCode(compiled)
  const server = await startServer()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => server.stop().finally(() => process.exit(1)))
  }
  announcePostgres(server.connectionString)
  // A few files are run as they are: so each says by itself how it went.
  await runFiles(words.length > 0 ? found : takeTurns(await groupFiles(root, found, compiled)))
  await server.stop()
  await rm(compiled, { recursive: true, force: true })
}

/** Long ones and short ones by turns, the long ones spread so that the last of them is not begun last. */
function takeTurns(files: readonly string[]): string[] {
  const long = files.filter((file) => LONG.test(file))
  const short = files.filter((file) => !LONG.test(file))
  const beside = Math.max(1, Math.floor(short.length / (long.length + 1)))
  return [...long.flatMap((file) => [file, ...short.splice(0, beside)]), ...short]
}

async function runFiles(files: string[]): Promise<void> {
  process.chdir(root)
  const events = run({ files, concurrency: CONCURRENCY, timeout: FILE_TIMEOUT_MS, cwd: root })
  const longest: { file: string; seconds: number }[] = []
  events.on('test:summary', ({ file, success, duration_ms: ms }) => {
    if (file === undefined && !success) process.exitCode = 1
    if (file !== undefined) longest.push({ file: relative(root, file), seconds: Math.round(ms / 1000) })
  })
  const report = events.compose(new spec())
  report.pipe(process.stdout, { end: false })
  await finished(report)
  longest.sort((one, other) => other.seconds - one.seconds)
  for (const { file, seconds } of longest.slice(0, LONGEST_SHOWN)) console.log(`${seconds} s`.padStart(6), file)
}

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}

await main(process.argv.slice(2))
