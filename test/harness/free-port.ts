import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below what systems hand out for outgoing connections (Linux 32768 on, others 49152 on): nobody takes it by chance. */
const FIRST_PORT = 12_000
const LAST_PORT = 32_000
const TRIES_MAX = 50

const given = new Set<number>()

/** A port of loopback that is free now and stays so until the program that gets it listens there. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const port = randomInt(FIRST_PORT, LAST_PORT)
    if (given.has(port) || !(await canListen(port))) continue
    given.add(port)
    return port
  }
  throw new Error(`no free port in ${TRIES_MAX} tries`)
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
