import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const FOLDER = new URL('peers', import.meta.url).pathname

/** The peers' packages are their own; they are installed when a bench first needs them. */
export async function installPeers(): Promise<void> {
  if (existsSync(`${FOLDER}/node_modules`)) return
  await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER })
}
