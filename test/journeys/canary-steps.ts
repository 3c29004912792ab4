import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createClient } from 'redis'
import { atEnd, type Scope } from '#test/scope'

const MARK_BYTES = 9
/** Of a secret only its end is looked for: wherever it is cut or wrapped, that part is whole somewhere. */
const SECRET_MIN_LENGTH = 12

/** Something that must not be found where it does not belong: the name says what it is, the mark is what is looked for. */
export interface Canary {
  name: string
  mark: string
  /** As it is said: the mark among other words. */
  text: string
}

/** Letters and digits alone, so that no encoding on the way writes it in another way. */
export function canary(name: string): Canary {
  const mark = `c${randomBytes(MARK_BYTES).toString('hex')}`
  return { name, mark, text: `Это ${mark} про меня` }
}

/** A secret that is what it is. */
export function secret(name: string, mark: string): Canary {
  if (mark.length < SECRET_MIN_LENGTH) throw new Error(`${name} is no secret: ${mark}`)
  return { name, mark, text: mark }
}

/** Which of them stand in what lies in these places, as `message in the log`. */
export function sightings(canaries: readonly Canary[], places: Record<string, string>): string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    canaries.flatMap(({ name, mark }) => (text.includes(mark) ? [`${name} in ${place}: ${around(text, mark)}`] : [])),
  )
}

function around(text: string, mark: string): string {
  const at = text.indexOf(mark)
  return JSON.stringify(text.slice(Math.max(0, at - 120), at + mark.length + 40))
}

/** All that goes over a Redis from now on, as its own monitor tells it. */
export async function watchRedis(scope: Scope, url: string): Promise<() => string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.push(part))
  socket.on('error', () => {})
  atEnd(scope, () => socket.destroy())
  socket.write('MONITOR\r\n')
  await once(socket, 'data')
  return () => Buffer.concat(parts).toString('latin1')
}

type Connection = Awaited<ReturnType<typeof open>>

/** A client that speaks the older protocol: its answers need no shapes of their own. */
async function open(url: string) {
  return createClient({ url, RESP: 2 }).connect()
}

/** Every key of a Redis with its value, as bytes. */
export async function readRedis(url: string): Promise<string> {
  const client = await open(url)
  const found: string[] = []
  try {
    for await (const keys of client.scanIterator()) {
      for (const key of keys) found.push(key, await contentOf(client, key))
    }
    return found.join('\n')
  } finally {
    client.destroy()
  }
}

async function contentOf(client: Connection, key: string): Promise<string> {
  switch (await client.type(key)) {
    case 'string':
      return (await client.get(key)) ?? ''
    case 'hash':
      return JSON.stringify(await client.hGetAll(key))
    case 'list':
      return JSON.stringify(await client.lRange(key, 0, -1))
    case 'set':
      return JSON.stringify(await client.sMembers(key))
    case 'zset':
      return JSON.stringify(await client.zRange(key, 0, -1))
    case 'stream':
      return JSON.stringify(await client.xRange(key, '-', '+'))
    default:
      return ''
  }
}

/** Everything that lies in a folder and below it, as bytes; what vanishes meanwhile is gone. */
export async function readFolder(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files: Record<string, string> = {}
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    files[path.slice(folder.length + 1)] = bytes.toString('latin1')
  }
  return files
}

/** What a list of processes shows of one. */
export async function titleOf(pid: number): Promise<string> {
  const parts = await Promise.all(
    ['cmdline', 'comm'].map((name) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '')),
  )
  return parts.join(' ')
}
