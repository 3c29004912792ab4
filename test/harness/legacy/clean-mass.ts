import type pg from 'pg'
import type { CreditSums } from './truth.ts'

/** Of ten people six have Telegram alone, two a mail alone, two both; nine have credits. */
const TEN = 10
const SEED_BELOW = 2 ** 31
/** Prime numbers that scatter: neighbours get nothing in common. */
const SCATTER = 2_654_435_761
const SCATTER_ROWS = 40_503
const BELOW = 2 ** 32
const FIRST_TIME = '2023-01-01T00:00:00Z'
const MONTHS = 30
const TEXTS = 512
/** As people write and companions answer: half are short, half are up to four sentences more. */
const SENTENCES = [
  'Вечером за окном шёл снег.',
  'Я поставила чайник и открыла старую книгу, которую ты советовал.',
  'Между страницами лежал билет на трамвай, которого давно нет, и почему-то стало светло.',
  'Представляешь?',
  'And then the door opened by itself.',
  'Расскажи, что было дальше.',
] as const

export interface CleanMass {
  users: number
  messages: number
  /** How many have a row of credits, and what these hold. */
  credits: { rows: number } & CreditSums
}

/**
 * People, talks and credits with nothing wrong, made on the server. Few people talk a lot, some never. Ids of messages
 * are even, so that others fit in between. The tables are expected empty.
 */
export async function layCleanMass(
  client: pg.ClientBase,
  { seed, users, messages }: { seed: number; users: number; messages: number },
): Promise<CleanMass> {
  const salt = seed % SEED_BELOW
  await client.query(
    `INSERT INTO profiles
     SELECT ${idOf('n')}, CASE WHEN n % ${TEN} < 6 OR n % ${TEN} > 7 THEN 100000000 + n END,
       CASE WHEN n % ${TEN} > 5 THEN 'clean.' || n || '@legacy.example.org' END, 'clean_' || n, 'Имя ' || n,
       CASE WHEN n % 3 = 0 THEN 'Фамилия' END, (ARRAY['ru', 'ru-RU', 'en', 'de', NULL])[1 + n % 5],
       (ARRAY['arina', 'cassandra'])[1 + n % 2], at, at + interval '1 year'
     FROM generate_series(1, $2::bigint) AS n, LATERAL (SELECT timestamptz '${FIRST_TIME}' + n * interval '97 seconds' AS at) AS t`,
    [salt, users],
  )
  await layTalks(client, { salt, users, messages })
  await client.query(
    `INSERT INTO user_credits
     SELECT ${idOf('n')}, n * 7 % 300, n % 11, n % 4, timestamptz '${FIRST_TIME}' + n * interval '1 minute'
     FROM generate_series(1, $2::bigint) AS n WHERE n % ${TEN} <> 0`,
    [salt, users],
  )
  return { users, messages: users === 0 ? 0 : messages, credits: await countCredits(client) }
}

async function layTalks(
  client: pg.ClientBase,
  { salt, users, messages }: { salt: number; users: number; messages: number },
): Promise<void> {
  await client.query('CREATE TEMPORARY TABLE clean_texts (n integer, content text)')
  await client.query('INSERT INTO clean_texts SELECT * FROM unnest($1::integer[], $2::text[])', [
    Array.from({ length: TEXTS }, (_, index) => index),
    Array.from({ length: TEXTS }, (_, index) => textOf(index)),
  ])
  await client.query('ANALYZE clean_texts')
  // The product of two even chances makes few people talk a lot.
  await client.query(
    `INSERT INTO chat_messages
     SELECT 2 * i, ${idOf('person')}, (ARRAY['arina', 'cassandra'])[1 + person % 2],
       CASE WHEN i % 2 = 0 THEN 'assistant' ELSE 'user' END, '№' || i || '. ' || content,
       timestamptz '${FIRST_TIME}' + i * (interval '${MONTHS} months' / greatest($3, 1))
     FROM generate_series(1, $3::bigint) AS i
     CROSS JOIN LATERAL (
       SELECT (i * ${SCATTER} + $1) % ${BELOW} AS one, (i * ${SCATTER_ROWS} + $1 + i / 7) % 1000003 AS other
     ) AS chance
     CROSS JOIN LATERAL (SELECT 1 + (one * $2::bigint / ${BELOW}) * other / 1000003 AS person) AS who
     JOIN clean_texts ON clean_texts.n = one % ${TEXTS}
     WHERE $2::bigint > 0`,
    [salt, users, messages],
  )
  await client.query('DROP TABLE clean_texts')
}

/** As scattered as random ids, and the same again for the same seed; $1 is the salt. */
function idOf(number: string): string {
  return `md5($1::bigint || ' ' || ${number})::uuid`
}

function textOf(index: number): string {
  const count = index % 2 === 0 ? 1 : 2 + (index % 4)
  return Array.from({ length: count }, (_, at) => SENTENCES[(index + at) % SENTENCES.length]).join(' ')
}

async function countCredits(client: pg.ClientBase): Promise<CleanMass['credits']> {
  const { rows } = await client.query<CleanMass['credits']>(
    `SELECT count(*)::integer AS rows, coalesce(sum(basic), 0)::float8 AS basic, coalesce(sum(pro), 0)::float8 AS pro,
       coalesce(sum(cassandra), 0)::float8 AS cassandra FROM user_credits`,
  )
  return rows[0] ?? { rows: 0, basic: 0, pro: 0, cassandra: 0 }
}
