import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Sandbox } from '#sandbox'
import { startTestSandbox } from '../../test/harness/sandbox.ts'
import { atEnd, type Scope } from '../../test/harness/scope.ts'

const PEERS = new URL('../peers', import.meta.url).pathname

export interface Bot {
  name: string
  sandbox: Sandbox
  pid: number
  /** Who talks with it, each in a chat of their own. */
  people: number[]
}

/** A bare bot as a process of its own, by polling, at a Telegram of its own. */
export async function startEcho(scope: Scope, name: 'grammy' | 'telegraf', people: number): Promise<Bot> {
  const sandbox = await startTestSandbox(scope, { appUrl: 'http://127.0.0.1:1' })
  const child = fork(`${PEERS}/echo-${name}.mjs`, [sandbox.token, sandbox.apiRoot])
  atEnd(scope, async () => {
    child.disconnect()
    await once(child, 'exit')
  })
  await once(child, 'message')
  const ids = Array.from({ length: people }, () => sandbox.telegram.addPerson({ firstName: 'Bench' }).id)
  return { name, sandbox, pid: child.pid ?? 0, people: ids }
}
