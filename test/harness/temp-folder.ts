import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd, type Scope } from './scope.ts'

/** A new empty folder, gone after the test. */
export async function tempFolder(scope: Scope, name = 'vitte-test'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`))
  atEnd(scope, () => rm(folder, { recursive: true, force: true }))
  return folder
}
