import { once } from 'node:events'
import { createConnection, createServer, type Server, type Socket } from 'node:net'

/** A Unix socket at an address that stays, in front of one that changes; closed, it looks like a server that is gone. */
export interface SocketProxy {
  open(target: string): Promise<void>
  close(): Promise<void>
  /** Breaks every connection and takes new ones. */
  cut(): void
}

export function createSocketProxy(path: string): SocketProxy {
  const sockets = new Set<Socket>()
  let server: Server | undefined

  function join(client: Socket, target: string): void {
    const behind = createConnection(target)
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  }

  function cut(): void {
    for (const socket of sockets) socket.destroy()
  }

  return {
    cut,
    async open(target) {
      server = createServer((client) => join(client, target)).listen(path)
      await once(server, 'listening')
    },
    async close() {
      if (!server) return
      const closed = once(server, 'close')
      server.close()
      server = undefined
      cut()
      await closed
    },
  }
}
