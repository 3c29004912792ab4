import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What a program of ours says when it fails; nothing when it ends well. */
export async function findingsOf(root: string, script: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const [code, signal] = await once(child, 'close')
  if (code === 0) return ''
  return said.trim() || `${script} ended with ${code ?? signal}`
}
