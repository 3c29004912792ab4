import { createDatabase } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import { median, medianRatio } from '../measure.ts'
import type { Row } from '../row.ts'
import { withVitte } from '../with-vitte.ts'
import { createAcceptPath } from './accept-load.ts'
import { forgetMessages, makePeople, PEOPLE } from './people.ts'
import type { Slice } from './slice.ts'
import { openWebhookLoad } from './webhook-load.ts'

const ROUNDS = 5
const SLICE_SECONDS = 2
const IN_FLIGHT = [8, 32]
const FLOOR = 0.5
const GOAL = 0.75
const SECRET = 'bench-secret'
/** Nobody answers: only what stands before the 200 is measured. */
const ENVIRONMENT = { ROLES: 'http', TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_SECRET: SECRET }

/**
 * Updates to a real process, from their first byte to the 200, against the accept path alone in this process: the same
 * people, text and server, turn by turn.
 */
export function webhook(): Promise<Row[]> {
  return withVitte(
    async ({ vitte, connectionString }) => {
      const { pool, close } = createDatabase({ connectionString, maxConnections: 1, log: silentLog })
      const alone = await createAcceptPath(connectionString, await makePeople(pool))
      const rows: Row[] = []
      for (const inFlight of IN_FLIGHT) {
        const load = await openWebhookLoad({ url: vitte.url, secret: SECRET }, inFlight)
        // Whoever writes for the first time to this process costs it a look at the key.
        for (let sent = 0; sent < 3 * PEOPLE; ) sent += SLICE_SECONDS * (await load.run(SLICE_SECONDS)).perSecond
        const pairs: [Slice, Slice][] = []
        for (let round = 0; round < ROUNDS; round += 1) {
          await forgetMessages(pool)
          const whole = await load.run(SLICE_SECONDS)
          await forgetMessages(pool)
          pairs.push([whole, await alone.run(inFlight, SLICE_SECONDS)])
        }
        load.close()
        rows.push(rowOf(pairs, inFlight))
      }
      await alone.close()
      await close()
      return rows
    },
    '127.0.0.1',
    ENVIRONMENT,
  )
}

function rowOf(pairs: [Slice, Slice][], inFlight: number): Row {
  const middle = (read: (pair: [Slice, Slice]) => number) => median(pairs.map(read))
  const rates = `${Math.round(middle(([whole]) => whole.perSecond))}/s against ${Math.round(middle(([, alone]) => alone.perSecond))}/s`
  const p99s = `p99 ${middle(([whole]) => whole.p99Ms).toFixed(1)} ms against ${middle(([, alone]) => alone.p99Ms).toFixed(1)} ms`
  return {
    what: `webhook to 200, ${inFlight} in flight, share of the accept path's rate`,
    value: medianRatio(pairs.map(([whole, alone]) => [whole.perSecond, alone.perSecond] as const)),
    unit: '',
    floor: FLOOR,
    goal: GOAL,
    better: 'more',
    note: `${rates}, ${p99s}`,
  }
}
