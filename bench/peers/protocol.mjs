// What every server of the live bench is told by its parent, and answers: so that each is measured in the same way.
import { memoryUsage } from 'node:process'

const TICK_MS = 10

/** The payload of one push, for each of them the same. */
export const payload = () =>
  `{"basic":${(performance.timeOrigin + performance.now()).toFixed(3)},"pro":2,"cassandra":3}`

/**
 * `count()`: connections now; `push(index)`: sends one payload to one of them. Parent: {kind: 'memory'}, {kind: 'cpu'} and
 * {kind: 'push', perSecond, seconds, among}: to so many, where the connections are another process's.
 */
export function serve({ port, count, push }) {
  process.on('message', async (order) => {
    if (order.kind === 'memory') {
      globalThis.gc?.()
      process.send({ kind: 'memory', connections: count(), rss: memoryUsage.rss() })
    }
    if (order.kind === 'cpu') {
      const { user, system } = process.cpuUsage()
      process.send({ kind: 'cpu', micros: user + system })
    }
    if (order.kind === 'push') await pushAll(order, count, push)
  })
  process.on('disconnect', () => process.exit(0))
  process.send({ kind: 'ready', port })
}

async function pushAll({ perSecond, seconds, among }, count, push) {
  const cpu = process.cpuUsage()
  const total = perSecond * seconds
  const start = performance.now()
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - start) * perSecond) / 1_000))
    // A stride that meets all of them before it meets one again.
    for (; sent < due; sent += 1) push((sent * 7_919) % (among ?? count()))
    await new Promise((resolve) => setTimeout(resolve, TICK_MS))
  }
  const used = process.cpuUsage(cpu)
  process.send({ kind: 'pushed', sent: total, cpuMicros: used.user + used.system })
}
