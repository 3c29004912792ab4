import pg from 'pg'

/** Milliseconds from each question's row to its arrival; both clocks are this machine's. */
export async function sinceRow(
  connectionString: string,
  talkers: readonly number[],
  arrivals: ReadonlyMap<string, number>,
): Promise<number[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query<{ address: string; number: number; at: string }>(
    `SELECT t.address, row_number() OVER (PARTITION BY t.address ORDER BY t.message_seq)::integer - 1 AS number,
            extract(epoch FROM m.created_at) * 1000 AS at
     FROM turns t JOIN messages m ON m.id = t.message_id WHERE t.address = ANY ($1)`,
    [talkers.map(String)],
  )
  await client.end()
  return rows.flatMap(({ address, number, at }) => {
    const arrivedMs = arrivals.get(`${address} ${number}`)
    return arrivedMs === undefined ? [] : [arrivedMs - Number(at)]
  })
}
