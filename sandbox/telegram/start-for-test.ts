import { generateKeyPairSync } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { botApiRoutes } from './bot-api.ts'
import { createTelegramWorld } from './telegram-world.ts'
import { runWebhookReply } from './webhook-reply.ts'
import { createWorld, type World, type WorldOptions } from './world.ts'

export const TEST_TOKEN = '4200000042:AAtesttesttesttesttesttesttesttest'

export type Answer = {
  status: number
  ok: boolean
  /** The answers of thirty methods, looked into by the tests. */
  result: ReturnType<typeof JSON.parse>
  error_code: number
  description: string
  parameters?: { retry_after?: number }
}

/** The Bot API alone on a free port, with a settable clock and a plain client; for the tests of this room. */
export async function startForTest(options: Partial<WorldOptions> = {}) {
  const clock = { offsetMs: 0 }
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const world: World = createWorld({
    token: TEST_TOKEN,
    botUsername: 'test_bot',
    signingKey: privateKey,
    now: () => Date.now() + clock.offsetMs,
    onWebhookReply: (reply) => runWebhookReply(world, reply),
    ...options,
  })
  const routes = botApiRoutes(world)
  const server = createAdaptorServer({ fetch: routes.fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function call(method: string, body: object = {}, token = TEST_TOKEN): Promise<Answer> {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}/bot${token}/${method}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) }
  }

  return {
    url,
    world,
    telegram: createTelegramWorld(world),
    call,
    publicKey,
    passTime: (ms: number) => {
      clock.offsetMs += ms
    },
    stop() {
      world.webhook.set(null)
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    },
  }
}
