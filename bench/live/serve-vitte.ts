import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHistory } from '#domain/conversations'
import { createKeyRing, userTopic } from '#domain/identity'
import { createCatalogue } from '#domain/personas'
import type { Caller } from '#edges/http'
import { createEventStreams } from '#edges/web'
import { systemClock } from '#platform/clock'
import { createLocalLive } from '#platform/live'
import { createDatabase } from '#platform/postgres'
import { createLocalPresence } from '#platform/presence'
import { createVault } from '#platform/vault'
import { silentLog } from '../../test/harness/silent-log.ts'
import { payload, serve } from '../peers/protocol.mjs'
import { liveOver } from './live-over.ts'
import { userAt } from './readers.ts'

// The event streams of Vitte as its server holds them, with the database behind them: only who asks is told by the
// request, as sign-in is not what is measured.
const BACKLOG = 8_192
const [connectionString = '', redisUrl] = process.argv.slice(2)
const { db } = createDatabase({ connectionString, maxConnections: 4, log: silentLog })
const vault = createVault({ masterKey: Buffer.alloc(32, 7) })
const live = redisUrl ? await liveOver(redisUrl) : createLocalLive({ log: silentLog })
const streams = createEventStreams({
  db,
  history: createHistory({ vault, keys: createKeyRing({ vault, db }) }),
  live,
  catalogue: createCatalogue([]),
  presence: createLocalPresence({ clock: systemClock }),
  log: silentLog,
})

const server = createServer((request, response) => {
  const { userId, sessionId } = userAt(Number(request.headers.authorization))
  const caller: Caller = {
    userId,
    sessionId,
    interface: 'browser',
    channel: 'web',
    locale: 'ru',
    adult: true,
    keyId: '',
    proof: 'cookie',
    fresh: true,
  }
  streams.open({ caller, lastEventId: null, response, headers: {} }).catch(() => response.destroy())
})
server.listen(0, '127.0.0.1', BACKLOG, () => {
  serve({
    port: (server.address() as AddressInfo).port,
    count: streams.count,
    push(index: number) {
      const event = { name: 'credits', data: JSON.parse(payload()) }
      live.publish(userTopic(userAt(index).userId), { kind: 'event', event })
    },
  })
})
