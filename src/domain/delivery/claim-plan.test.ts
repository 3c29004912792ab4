import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { createLeases } from '#platform/leases'
import { openChats } from '#test/chats'
import { DELIVERY_QUEUE, PROACTIVE_QUEUE } from './delivery-queue-store.ts'

const BACKLOG = 100_000
const AT_ONCE = 20_000
/** Pages that taking 64 rows may touch, about twenty for each; reading the backlog would touch several thousand more. */
const PAGES_MAX = 2_500

const chats = await openChats()
const { pool } = chats

interface PlanNode {
  'Node Type': string
  'Index Name'?: string
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: PlanNode[]
}

/** What is not due, half of it behind others, half put off, and a few that are. */
before(async () => {
  for (const [purpose, backlog] of [
    ['reply', BACKLOG],
    ['proactive', AT_ONCE],
  ] as const) {
    for (let from = 0; from < backlog; from += AT_ONCE) {
      await pool.query(
        `INSERT INTO deliveries (id, user_id, channel, interface, address, message_id, purpose, state, due_at)
         SELECT gen_random_uuid(), gen_random_uuid(), 'telegram', 'bot', n, gen_random_uuid(), $1, 'pending',
                CASE WHEN n % 2 = 0 THEN 'infinity'::timestamptz ELSE now() + interval '1 h' END
         FROM generate_series($2::integer, $3::integer) AS n`,
        [purpose, from, from + AT_ONCE - 1],
      )
    }
    await pool.query(
      `INSERT INTO deliveries (id, user_id, channel, interface, address, message_id, purpose, state, due_at)
       SELECT gen_random_uuid(), gen_random_uuid(), 'telegram', 'bot', 'due' || n, gen_random_uuid(), $1, 'pending', now()
       FROM generate_series(1, 200) AS n`,
      [purpose],
    )
  }
})

/** The statement that takes from a queue. */
async function statementOf(queue: typeof DELIVERY_QUEUE): Promise<string> {
  let text = ''
  const listening = {
    async query(asked: { text: string }) {
      text = asked.text
      return { rows: [] }
    },
  } as unknown as typeof pool
  await createLeases({ pool: listening }).take(queue, { limit: 1, leaseMs: 1 })
  return text
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** The plan that a kept statement has, whatever its values. */
async function planOf(statement: string, values: string): Promise<PlanNode> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN; SET LOCAL plan_cache_mode = force_generic_plan')
    await client.query(`PREPARE looked_at AS ${statement}`)
    const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE looked_at (${values})`)
    return rows[0]['QUERY PLAN'][0].Plan
  } finally {
    await client.query('ROLLBACK; DEALLOCATE ALL')
    client.release()
  }
}

for (const analyzed of [false, true]) {
  for (const [queue, index] of [
    [DELIVERY_QUEUE, 'deliveries_due'],
    [PROACTIVE_QUEUE, 'deliveries_due_proactive'],
  ] as const) {
    test(`taking ${index} looks at no backlog, ${analyzed ? 'with' : 'without'} figures about the table`, async () => {
      if (analyzed) await pool.query('ANALYZE deliveries')
      const plan = await planOf(await statementOf(queue), '64, 20000')
      const kinds = nodesOf(plan).map((node) => node['Node Type'])
      assert.ok(!kinds.includes('Seq Scan') && !kinds.includes('Sort'), kinds.join())
      assert.ok(nodesOf(plan).some((node) => node['Index Name'] === index))
      assert.ok(plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] < PAGES_MAX)
    })
  }
}
