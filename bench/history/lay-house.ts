import { createHash, randomFillSync } from 'node:crypto'
import type pg from 'pg'
import { messagePlace } from '#domain/conversations'
import { newId } from '#platform/ids'
import { type CopyValue, startCopy, uuidBytes, uuidOf } from '#platform/postgres'
import type { DataKey, Vault } from '#platform/vault'
import { NAME } from '../accept/people.ts'
import { lineOf } from '../lay-past.ts'
import { type Class, type Resident, residentsOf, tokenOf, userIdOf } from './house.ts'

/** So many lines are said in a row before somebody else's come: they lie beside each other on the disk, others do not. */
const SITTING_LINES = 10
const LINE_MICROS = 20_000_000
/** Distinct texts of those whom nobody reads. */
const FOREIGN_TEXTS = 8
const ID_BYTES = 16
const INDEXES = ['messages_pkey', 'messages_id']

/** Fills an empty database with these people and all that they and their companions said, in the order of time. */
export async function layHouse(pool: pg.Pool, vault: Vault, house: readonly Class[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query("SET statement_timeout = 0; SET maintenance_work_mem = '1GB'")
    const residents = residentsOf(house)
    const keys = await layPeople(client, vault, residents)
    await layLines(client, vault, residents, keys)
    await layTurns(client, keys)
    await client.query('VACUUM (ANALYZE)')
    await client.query('CHECKPOINT')
  } finally {
    client.release(true)
  }
}

/** Those who are read have a key of their own and a session. */
async function layPeople(
  client: pg.ClientBase,
  vault: Vault,
  residents: readonly Resident[],
): Promise<Map<number, DataKey>> {
  const made = residents.map((resident) => ({ ...resident, key: resident.read ? vault.newDataKey() : null }))
  const users = startCopy(client, {
    table: 'users',
    columns: { id: 'uuid', display_name: 'text', locale: 'text', key_id: 'uuid', last_seq: 'int8' },
  })
  for (const { number, lines, key } of made) {
    await users.write([userIdOf(number), NAME, 'ru', key?.id ?? userIdOf(number), lines])
  }
  await users.end()
  const read = made.flatMap(({ number, key }) => (key ? [{ number, key }] : []))
  await client.query(
    `INSERT INTO user_keys (id, user_id, wrapped_key) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[])`,
    [read.map(({ key }) => key.id), read.map(({ number }) => userIdOf(number)), read.map(({ key }) => key.wrapped)],
  )
  await client.query(
    `INSERT INTO sessions (id, user_id, token_hash, interface, expires_at)
     SELECT id, id, hash, 'webapp', now() + interval '1 day' FROM unnest($1::uuid[], $2::bytea[]) AS s (id, hash)`,
    [
      read.map(({ number }) => userIdOf(number)),
      read.map(({ number }) => createHash('sha256').update(tokenOf(number)).digest()),
    ],
  )
  return new Map(read.map(({ number, key }) => [number, key]))
}

/** Indexes are made when all lines are there, which takes a quarter of the time. */
async function layLines(
  client: pg.ClientBase,
  vault: Vault,
  residents: readonly Resident[],
  keys: ReadonlyMap<number, DataKey>,
): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    'SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE indexname = ANY($1)',
    [INDEXES],
  )
  await client.query('ALTER TABLE messages DROP CONSTRAINT messages_pkey; DROP INDEX messages_id')
  const copy = startCopy(client, LINES)
  const seal = sealer(vault, keys)
  const said = new Uint32Array(residents.length)
  const ids = idSource()
  let atMicros = Date.now() * 1_000 - residents.reduce((sum, { lines }) => sum + lines, 0) * LINE_MICROS
  for (const who of sittingsOf(residents)) {
    const { number, lines } = residents[who] as Resident
    const user = uuidBytes(userIdOf(number))
    const from = said[who] as number
    const end = Math.min(from + SITTING_LINES, lines)
    let turn = ids.next()
    for (let seq = from + 1; seq <= end; seq += 1) {
      atMicros += LINE_MICROS
      const asked = seq % 2 === 1
      if (asked) turn = ids.next()
      const id = ids.next()
      const row = [
        user,
        seq,
        id,
        user,
        turn,
        asked ? 'user' : 'assistant',
        'telegram',
        'bot',
        'text',
        seal(number, id, seq),
        atMicros,
      ]
      const waits = copy.write(row as CopyValue[])
      if (waits) await waits
    }
    said[who] = end
  }
  await copy.end()
  for (const { definition } of rows) await client.query(definition)
  await client.query('ALTER TABLE messages ADD CONSTRAINT messages_pkey PRIMARY KEY USING INDEX messages_pkey')
}

const LINES = {
  table: 'messages',
  columns: {
    user_id: 'uuid',
    seq: 'int8',
    id: 'uuid',
    conversation_id: 'uuid',
    turn_id: 'uuid',
    role: 'text',
    channel: 'text',
    interface: 'text',
    content_type: 'text',
    sealed_text: 'bytea',
    created_at: 'timestamptz',
  },
} as const

/** Who speaks when: everybody's sittings, thrown together. */
function sittingsOf(residents: readonly Resident[]): Uint32Array {
  const total = residents.reduce((sum, { lines }) => sum + Math.ceil(lines / SITTING_LINES), 0)
  const sittings = new Uint32Array(total)
  let at = 0
  for (const [who, { lines }] of residents.entries()) {
    const count = Math.ceil(lines / SITTING_LINES)
    sittings.fill(who, at, at + count)
    at += count
  }
  const dice = randomFillSync(new Uint32Array(total))
  for (let last = total - 1; last > 0; last -= 1) {
    const other = (dice[last] as number) % (last + 1)
    const kept = sittings[last] as number
    sittings[last] = sittings[other] as number
    sittings[other] = kept
  }
  return sittings
}

/** The lines of those who are read open in their place; the others' are as long, and open nowhere. */
function sealer(vault: Vault, keys: ReadonlyMap<number, DataKey>) {
  const foreign = vault.newDataKey()
  const texts = Array.from({ length: FOREIGN_TEXTS }, (_, number) =>
    vault.seal(foreign, messagePlace(newId()), lineOf(number)),
  )
  return (number: number, id: Buffer, seq: number): Buffer => {
    const key = keys.get(number)
    return key ? vault.seal(key, messagePlace(uuidOf(id)), lineOf(seq)) : (texts[seq % FOREIGN_TEXTS] as Buffer)
  }
}

/** Ids of version 7 as their bytes, a thousand at a time: `newId` writes text. */
function idSource() {
  const pool = Buffer.alloc(ID_BYTES * 4_096)
  let at = pool.length
  return {
    next(): Buffer {
      if (at === pool.length) {
        randomFillSync(pool)
        at = 0
      }
      const id = Buffer.from(pool.subarray(at, at + ID_BYTES))
      at += ID_BYTES
      id.writeUIntBE(Date.now(), 0, 6)
      id[6] = 0x70 | ((id[6] as number) & 0x0f)
      id[8] = 0x80 | ((id[8] as number) & 0x3f)
      return id
    },
  }
}

/** Questions of those who are read were answered, and the answers came. */
async function layTurns(client: pg.ClientBase, keys: ReadonlyMap<number, DataKey>): Promise<void> {
  const users = [...keys.keys()].map(userIdOf)
  await client.query(
    `INSERT INTO turns (id, user_id, conversation_id, message_id, message_seq, channel, interface, state, reply_message_id, finished_at)
     SELECT q.turn_id, q.user_id, q.conversation_id, q.id, q.seq, q.channel, q.interface, 'done', r.id, r.created_at
     FROM messages q JOIN messages r ON r.user_id = q.user_id AND r.seq = q.seq + 1
     WHERE q.user_id = ANY($1) AND q.role = 'user' AND r.turn_id = q.turn_id`,
    [users],
  )
  await client.query(
    `INSERT INTO deliveries (id, user_id, channel, interface, message_id, turn_id, purpose, state, finished_at)
     SELECT gen_random_uuid(), user_id, channel, interface, id, turn_id, 'reply', 'sent', created_at
     FROM messages WHERE user_id = ANY($1) AND role = 'assistant'`,
    [users],
  )
}
