import { sql } from 'kysely'
import { type Executor, sweep } from '#platform/postgres'
import { CODE_LIFETIME_SECONDS, type Link, type LinkOrigin, type LinkState, LOCK_HOURS } from './link-token.ts'

/** An ended link is remembered this long, to tell why it is dead. */
const ENDED_KEPT_DAYS = 30

interface LinkRow {
  id: string
  origin: LinkOrigin
  telegram_user_id: string
  web_user_id: string | null
  session_id: string | null
  confirmer_user_id: string | null
  state: LinkState
  code_hash: Buffer | null
  code_tries: number
  code_expires_at: Date | null
  expired: boolean
  code_expired: boolean
}

const COLUMNS = sql.raw(`id, origin, telegram_user_id, web_user_id, session_id, confirmer_user_id, state,
  code_hash, code_tries, code_expires_at, expires_at <= now() AS expired, coalesce(code_expires_at <= now(), false) AS code_expired`)

export async function insertLink(
  tx: Executor,
  link: {
    id: string
    tokenHash: Buffer
    origin: LinkOrigin
    telegramUserId: string
    webUserId: string | null
    confirmerUserId: string | null
    ttlSeconds: number
  },
): Promise<void> {
  await sql`
    INSERT INTO link_tokens (id, token_hash, origin, telegram_user_id, web_user_id, confirmer_user_id, state, expires_at)
    VALUES (${link.id}, ${link.tokenHash}, ${link.origin}, ${link.telegramUserId}, ${link.webUserId},
            ${link.confirmerUserId}, 'open',
            now() + make_interval(secs => ${link.ttlSeconds}))
  `.execute(tx)
}

/** The link of this secret's hash, or null. */
export async function findLink(db: Executor, tokenHash: Buffer): Promise<Link | null> {
  const { rows } = await sql<LinkRow>`SELECT ${COLUMNS} FROM link_tokens WHERE token_hash = ${tokenHash}`.execute(db)
  return rows[0] ? fromRow(rows[0]) : null
}

/** The same link again, locked; the users' rows are locked by then. */
export async function lockLink(tx: Executor, id: string): Promise<Link | null> {
  const { rows } = await sql<LinkRow>`SELECT ${COLUMNS} FROM link_tokens WHERE id = ${id} FOR UPDATE`.execute(tx)
  return rows[0] ? fromRow(rows[0]) : null
}

/** The bot's link that waits for a code from this Telegram user, a code that ran out lately among them. */
export async function findAwaited(db: Executor, telegramUserId: string): Promise<Link | null> {
  const { rows } = await sql<LinkRow>`
    SELECT ${COLUMNS} FROM link_tokens
    WHERE telegram_user_id = ${telegramUserId} AND origin = 'bot' AND state = 'open' AND code_hash IS NOT NULL
      AND code_expires_at > now() - make_interval(secs => ${CODE_LIFETIME_SECONDS})
  `.execute(db)
  return rows[0] ? fromRow(rows[0]) : null
}

/** Whose browser confirmed, and the code that the bot's chat must be sent: never longer than a link's life and one code's. Returns until when. */
export async function awaitCode(
  tx: Executor,
  link: { id: string; webUserId: string; sessionId: string; codeHash: Buffer },
): Promise<Date> {
  const { rows } = await sql<{ code_expires_at: Date }>`
    UPDATE link_tokens SET web_user_id = ${link.webUserId}, session_id = ${link.sessionId}, code_hash = ${link.codeHash},
      code_expires_at = least(now(), expires_at) + make_interval(secs => ${CODE_LIFETIME_SECONDS})
    WHERE id = ${link.id} RETURNING code_expires_at
  `.execute(tx)
  const until = rows[0]?.code_expires_at
  if (!until) throw new Error('a locked link is not there')
  return until
}

/** Takes one try off. */
export async function countWrongCode(tx: Executor, id: string): Promise<void> {
  await sql`UPDATE link_tokens SET code_tries = code_tries + 1 WHERE id = ${id}`.execute(tx)
}

/** A code that ran out is spoken of once; then digits are a message like any other. */
export async function forgetCode(tx: Executor, id: string): Promise<void> {
  await sql`UPDATE link_tokens SET code_expires_at = created_at WHERE id = ${id}`.execute(tx)
}

export async function endLink(tx: Executor, id: string, state: Exclude<LinkState, 'open'>): Promise<void> {
  await sql`UPDATE link_tokens SET state = ${state}, ended_at = now() WHERE id = ${id}`.execute(tx)
}

/** The newest link of a chat is the one that works. */
export async function supersedeBotLinks(tx: Executor, telegramUserId: string): Promise<void> {
  await sql`
    UPDATE link_tokens SET state = 'superseded', ended_at = now()
    WHERE telegram_user_id = ${telegramUserId} AND origin = 'bot' AND state = 'open'
  `.execute(tx)
}

/** Nothing that was begun with either user goes on. */
export async function supersedeLinksOf(tx: Executor, userIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE link_tokens SET state = 'superseded', ended_at = now()
    WHERE state = 'open'
      AND (telegram_user_id = ANY(${[...userIds]}::uuid[]) OR web_user_id = ANY(${[...userIds]}::uuid[]))
  `.execute(tx)
}

/** Ended links of an absorbed user are the survivor's. */
export async function repointLinks(tx: Executor, fromUserId: string, toUserId: string): Promise<void> {
  await sql`UPDATE link_tokens SET telegram_user_id = ${toUserId} WHERE telegram_user_id = ${fromUserId}`.execute(tx)
  await sql`UPDATE link_tokens SET web_user_id = ${toUserId} WHERE web_user_id = ${fromUserId}`.execute(tx)
  await sql`UPDATE link_tokens SET confirmer_user_id = ${toUserId} WHERE confirmer_user_id = ${fromUserId}`.execute(tx)
}

/** How many wrong codes this Telegram user's chat has sent within the time of a lock, over all its links. */
export async function countWrongCodes(tx: Executor, telegramUserId: string): Promise<number> {
  const { rows } = await sql<{ wrong: number }>`
    SELECT coalesce(sum(code_tries), 0)::integer AS wrong FROM link_tokens
    WHERE telegram_user_id = ${telegramUserId}
      AND coalesce(ended_at, now()) > now() - make_interval(hours => ${LOCK_HOURS})
  `.execute(tx)
  return rows[0]?.wrong ?? 0
}

/** Forgets links that ended long ago. */
export async function deleteOldLinks(db: Executor): Promise<void> {
  await sweep(
    db,
    (limit) => sql`
      DELETE FROM link_tokens WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM link_tokens WHERE created_at < now() - make_interval(days => ${ENDED_KEPT_DAYS}) LIMIT ${limit}))`,
  )
}

function fromRow(row: LinkRow): Link {
  return {
    id: row.id,
    origin: row.origin,
    telegramUserId: row.telegram_user_id,
    webUserId: row.web_user_id,
    sessionId: row.session_id,
    confirmerUserId: row.confirmer_user_id,
    state: row.state,
    codeHash: row.code_hash,
    codeTries: row.code_tries,
    codeExpiresAt: row.code_expires_at,
    expired: row.expired,
    codeExpired: row.code_expired,
  }
}
