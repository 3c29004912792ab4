import { connect } from 'node:net'

const ANSWER_DEADLINE_MS = 20_000

/** What a server says to bytes that no proper client would send; empty when it hangs up without a word. */
export function sayOnWire(url: string, bytes: string, deadlineMs = ANSWER_DEADLINE_MS): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'))
    const parts: Buffer[] = []
    const end = () => {
      clearTimeout(timer)
      socket.destroy()
      resolve(Buffer.concat(parts).toString('latin1'))
    }
    const timer = setTimeout(end, deadlineMs)
    socket.on('data', (part: Buffer) => parts.push(part))
    socket.on('error', end)
    socket.on('close', end)
  })
}

/** The status of each answer in what came back, in order. */
export function statusesIn(said: string): number[] {
  return [...said.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
}
