import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** What the server reads; the page is built apart and read again by the restart. */
const SERVER_FOLDERS = ['src', 'sandbox', 'locales', 'personas', 'migrations', 'web/dist']
const PAGE_FOLDERS = ['web', 'locales', 'src/contract']
/** Editors write a file in several steps. */
const SETTLED_MS = 200

const flags = SERVER_FOLDERS.map((folder) => `--watch-path=${folder}`)
const server = run([...flags, 'src/processes/main.ts'])
let timer: NodeJS.Timeout | undefined
for (const folder of PAGE_FOLDERS) {
  watch(`${ROOT}${folder}`, { recursive: true }, (_event, file) => {
    if (folder === 'web' && file?.startsWith('dist')) return
    clearTimeout(timer)
    timer = setTimeout(() => run(['build/run.ts', 'page']), SETTLED_MS)
  })
}
process.on('SIGINT', () => server.kill('SIGINT'))
server.once('exit', (code) => process.exit(code ?? 0))

/** Builds the page when it changes and starts the server anew when anything does. */
function run(args: string[]) {
  return spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
}
