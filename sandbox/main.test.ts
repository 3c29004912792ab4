import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'

test('as its own process it says where it is ready and leaves at SIGTERM', async () => {
  const main = new URL('./main.ts', import.meta.url).pathname
  const args = [main, '--port', '0', '--token', '77:AAprocess', '--bot-username', 'process_bot']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const url = /^ready (http:\/\/127\.0\.0\.1:\d+)$/u.exec(line)?.[1] ?? ''
  const me = (await (await fetch(`${url}/bot77:AAprocess/getMe`)).json()) as { result: { username: string } }
  assert.equal(me.result.username, 'process_bot')
  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'exit'), [0, null])
})
