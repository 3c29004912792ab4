import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSession } from '#domain/identity'
import { beginConversation } from '#domain/replies'
import type { Caller } from '#edges/http'
import { systemClock } from '#platform/clock'
import { createLocalPresence } from '#platform/presence'
import { Client } from '#test/client'
import { openStream } from '#test/event-stream'
import type { Rooms } from '#test/rooms'
import { atEnd, wholeFile } from '#test/scope'
import { silentLog as log } from '#test/silent-log'
import { createEventStreams } from './event-streams.ts'

/** The streams as a server answers them, with who asks in the place of a session's token; closed after the file. */
export async function startTestStreams(rooms: Rooms) {
  const presence = createLocalPresence({ clock: systemClock })
  const streams = createEventStreams({ ...rooms, log, presence })
  const callers = new Map<string, Caller>()
  const server = createServer((request, response) => {
    const caller = callers.get(request.headers.authorization ?? '')
    const lastEventId = new URL(request.url ?? '', 'http://localhost').searchParams.get('lastEventId')
    if (caller) void streams.open({ caller, lastEventId, response, headers: {} })
    else response.writeHead(401).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  atEnd(wholeFile, async () => {
    await streams.close()
    server.close()
  })
  return { streams, presence, url, newReader }

  /** A talker who is about to open a page. */
  async function newReader() {
    const { userId } = await rooms.newPerson()
    await beginConversation(
      { ...rooms.settle, catalogue: rooms.catalogue },
      { userId, personaId: 'arina', interface: 'browser' },
    )
    const session = await startSession(rooms.db, { userId, interface: 'browser', device: '' })
    const client = new Client(url)
    client.token = session.token
    callers.set(`Bearer ${session.token}`, {
      userId,
      sessionId: session.id,
      interface: 'browser',
      channel: 'web',
      locale: 'ru',
      adult: true,
      keyId: '',
      proof: 'cookie',
      fresh: true,
    })
    return {
      userId,
      sessionId: session.id,
      token: session.token,
      open: (lastEventId?: number | string) => openStream(client, lastEventId),
      say: (text: string) =>
        rooms.receive({
          source: 'page',
          key: randomUUID(),
          sender: { userId },
          channel: 'web',
          interface: 'browser',
          contentType: 'text',
          text,
          address: null,
          sentAt: null,
        }),
    }
  }
}
