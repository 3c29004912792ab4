import { Client } from '../../test/harness/client.ts'
import { median, medianRatio, percentile } from '../measure.ts'
import type { Row } from '../row.ts'
import { type Running, withVitte } from '../with-vitte.ts'

const PEOPLE = 200
const IN_FLIGHT = 8
const ROUNDS = 5
const SLICE_SECONDS = 2

interface Slice {
  perSecond: number
  p99Ms: number
}

/** Sends one request; throws unless it is answered with 200. */
type Deed = (client: Client) => Promise<void>

/**
 * Signing in against a route that does nothing, turn by turn on the same process: what checking a proof, a user and a
 * session cost beside HTTP. Every payload is another one, as one alone may be used only so often.
 */
export function signIn(): Promise<Row[]> {
  return withVitte(async (running) => {
    const { bare, ways } = deedsOf(running)
    const rows: Row[] = []
    for (const [what, deed] of ways) {
      // Everybody is known after this, as most who sign in are.
      for (let person = 0; person < PEOPLE; person += 1) await deed(new Client(running.vitte.url))
      const pairs: [Slice, Slice][] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        pairs.push([await runSlice(running.vitte.url, deed), await runSlice(running.vitte.url, bare)])
      }
      rows.push(...rowsOf(what, pairs))
    }
    return rows
  })
}

function deedsOf({ sandbox }: Running): { bare: Deed; ways: [string, Deed][] } {
  const people = Array.from({ length: PEOPLE }, () =>
    sandbox.telegram.addPerson({ firstName: 'B', languageCode: 'ru' }),
  )
  let made = 0
  const next = () => {
    made += 1
    return people[made % PEOPLE]?.id ?? 0
  }
  const call = async (client: Client, path: string, body?: unknown) => {
    const { status } = await client.call(path, body === undefined ? {} : { body })
    if (status !== 200) throw new Error(`${path} answered ${status}`)
  }
  const initData = () => sandbox.telegram.initData(next(), { queryId: `bench${made}` })
  const widget = () => sandbox.telegram.widget(next(), { photoUrl: `https://t.me/i/userpic/320/${made}.jpg` })
  return {
    bare: (client) => call(client, '/healthz'),
    ways: [
      ['init data', (client) => call(client, '/api/auth/telegram/mini-app', { initData: initData() })],
      ['widget', (client) => call(client, '/api/auth/telegram/widget', widget())],
    ],
  }
}

async function runSlice(url: string, deed: Deed): Promise<Slice> {
  const timesMs: number[] = []
  const start = performance.now()
  const end = start + SLICE_SECONDS * 1_000
  const work = async () => {
    for (let now = performance.now(); now < end; ) {
      // A browser of its own each time: a cookie would make somebody signed in already of the next one.
      await deed(new Client(url))
      const then = now
      now = performance.now()
      timesMs.push(now - then)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, work))
  return { perSecond: timesMs.length / ((performance.now() - start) / 1_000), p99Ms: percentile(timesMs, 0.99) }
}

function rowsOf(what: string, pairs: readonly [Slice, Slice][]): Row[] {
  const of = (read: (slice: Slice) => number) => pairs.map(([ours, bare]) => [read(ours), read(bare)] as const)
  const rates = of(({ perSecond }) => perSecond)
  const times = of(({ p99Ms }) => p99Ms)
  const middle = (side: 0 | 1, values: typeof rates) => median(values.map((pair) => pair[side]))
  const row = { floor: null, goal: null }
  return [
    {
      ...row,
      what: `sign-in by ${what}, share of /healthz's rate`,
      value: medianRatio(rates),
      unit: '',
      better: 'more',
      note: `${Math.round(middle(0, rates))}/s against ${Math.round(middle(1, rates))}/s, ${IN_FLIGHT} in flight`,
    },
    {
      ...row,
      what: `sign-in by ${what}, p99 against /healthz's`,
      value: medianRatio(times),
      unit: 'x',
      better: 'less',
      note: `${middle(0, times).toFixed(1)} ms against ${middle(1, times).toFixed(1)} ms`,
    },
  ]
}
