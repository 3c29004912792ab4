import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const FOLDER = new URL('peers', import.meta.url).pathname

/** The peers' packages are their own; they are installed when a bench first needs them, or needs others. */
export async function installPeers(): Promise<void> {
  const [wanted, installed] = await Promise.all([
    changedAt(`${FOLDER}/package-lock.json`),
    changedAt(`${FOLDER}/node_modules/.package-lock.json`),
  ])
  if (installed >= wanted) return
  await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER })
}

/** Milliseconds since 1970; 0 for what is not there. */
async function changedAt(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? 0
}
