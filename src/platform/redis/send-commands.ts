import { performance } from 'node:perf_hooks'
import type { Masters } from './find-masters.ts'
import type { Links } from './keep-links.ts'
import type { Client } from './open-client.ts'
import type { RedisClient, RedisWatch } from './redis-client.ts'

/** `MOVED 3999 host:port` or `ASK …` for a slot that is somewhere else; without a host it is the same one. */
const REDIRECT = /^(MOVED|ASK) \d+ (.*):(\d+)$/
/** What a server says that does not serve any more, or not yet. */
const NOT_SERVING = /^(READONLY|CLUSTERDOWN|MASTERDOWN|LOADING)\b/
/** Every answer of Redis that is an error begins with its code. */
const REFUSAL = /^[A-Z]{2,}\b/

type Command = (string | Buffer)[]
type Mapping = NonNullable<Parameters<Client['sendCommand']>[1]>['typeMapping']

export interface CommandsOptions {
  links: Links
  masters: { now(): Masters; look(): void }
  /** How the package is told to give texts as bytes. */
  asBytes: Mapping
  watch: RedisWatch | undefined
}

/** Commands that go to the server of their key, once. */
export function sendCommands({ links, masters, asBytes, watch }: CommandsOptions) {
  async function send(key: string, command: Command, typeMapping?: Mapping): Promise<unknown> {
    const startedMs = performance.now()
    const name = masters.now().at(key)
    const client = name === undefined ? undefined : links.to(name)
    if (name === undefined || !client) {
      watch?.failed('away')
      throw new Error('Redis is away')
    }
    const options = typeMapping && { typeMapping }
    try {
      return await client.sendCommand(command, options).catch((error: unknown) => {
        const other = redirect(error, name)
        if (!other) throw error
        if (other.asking) other.client.sendCommand(['ASKING']).catch(() => {})
        return other.client.sendCommand(command, options)
      })
    } catch (error) {
      watch?.failed(REFUSAL.test(messageOf(error)) ? 'refused' : 'unanswered')
      throw error
    } finally {
      watch?.answered(performance.now() - startedMs)
    }
  }

  /** Where a command belongs that was refused here: it was not carried out, so it may be sent again. */
  function redirect(error: unknown, asked: string): { client: Client; asking: boolean } | undefined {
    const message = messageOf(error)
    const [, kind, host, port] = REDIRECT.exec(message) ?? []
    if (kind !== 'ASK' && (kind === 'MOVED' || NOT_SERVING.test(message))) masters.look()
    if (!kind) return undefined
    const client = links.to(`${host || asked.slice(0, asked.lastIndexOf(':'))}:${port}`)
    return client && { client, asking: kind === 'ASK' }
  }

  return {
    send: (key: string, command: Command) => send(key, command),
    eval: (script, { keys, arguments: values = [] }) =>
      send(keys[0] ?? '', ['EVAL', script, String(keys.length), ...keys, ...values]),
    async get(key) {
      const value = await send(key, ['GET', key], asBytes)
      return Buffer.isBuffer(value) ? value : null
    },
    set: (key, value, { PX }) => send(key, ['SET', key, value, 'PX', String(PX)]),
    del: (key) => send(key, ['DEL', key]),
    publish: (channel, payload) => send(channel, ['SPUBLISH', channel, payload]),
  } satisfies Partial<RedisClient>
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
