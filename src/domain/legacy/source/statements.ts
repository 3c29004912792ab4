import pg from 'pg'
import { CREDIT_TYPES } from '#contract/words'
import type { LegacyTable } from '../mapping/legacy-tables.ts'

/** Each table of the old house as a sub-select whose columns bear our names and types. */
export interface Views {
  view(table: LegacyTable): string
}

const literal = pg.escapeLiteral

/** Who lives on in whom: `member` is a profile that becomes part of `owner`'s user. */
export interface Joined {
  member: string
  owner: string
}

/** What one pass over the old house asks for. */
export interface Pass {
  views: Views
  joined: readonly Joined[]
  /** Everybody up to this user is done. */
  afterUser: string | null
  lines: LineBounds
}

/** Which lines a run asks for, by id. */
export interface LineBounds {
  /** Those above it; null: all of them. */
  after: string | null
  /** And those that were being written when the last run looked. */
  open: readonly string[]
  /** And all of these profiles, which came since. */
  newProfiles: readonly string[]
  /** None above it, however often the run is taken up. */
  last: string
  /** Nor those that were being written when it began: they are for the next run. */
  notYet: readonly string[]
}

/** Beyond it nobody's clock is right, and a number cannot tell microseconds apart. */
const LAST_MOMENT = '2200-01-01Z'
/** So early that a number cannot either. */
const FIRST_MOMENT = '1700-01-01Z'

/** What is no moment (infinity, the year 9999) is none. */
function moment(expression: string): string {
  return `CASE WHEN ${expression} BETWEEN timestamptz '${FIRST_MOMENT}' AND timestamptz '${LAST_MOMENT}' THEN ${expression} END`
}

/** A time as microseconds since 1970. */
function micros(expression: string): string {
  return `(extract(epoch FROM ${moment(expression)}) * 1000000)::bigint`
}

/** Telegram's ids are positive and have at most 52 significant bits (Bot API, User.id). */
export const TELEGRAM_ID_END = 2 ** 52

/** A mail as it is written by most. */
const PLAIN_MAIL = "lower(btrim(email, E' \\t\\n\\r\\f\\v'))"

/**
 * The profiles that may share a Telegram id or a mail with another one: id, Telegram id, mail, created. What small
 * letters are depends on the old house, so mails with other letters than ASCII are all looked at.
 */
export function sharedProfiles({ view }: Views): string {
  return `
    SELECT id, telegram_id, email, created FROM (
      SELECT id, telegram_id, email, created, mail, count(*) OVER (PARTITION BY telegram_id) AS same_telegram,
        count(*) OVER (PARTITION BY mail) AS same_mail
      FROM (
        SELECT id, CASE WHEN telegram_id ~ '^[0-9]{1,16}$' THEN telegram_id::numeric END AS telegram_id, email,
          ${PLAIN_MAIL} AS mail, ${micros('created_at')} AS created
        FROM ${view('profiles')} AS profile
      ) AS read
    ) AS counted
    WHERE telegram_id > 0 AND telegram_id < ${TELEGRAM_ID_END} AND same_telegram > 1
      OR mail <> '' AND (same_mail > 1 OR email ~ '[^\\x01-\\x7f]')
    ORDER BY id`
}

/** As `sharedProfiles`, those with one of these mails ($1, in small letters). */
export function profilesByMail({ view }: Views): string {
  return `
    SELECT id, CASE WHEN telegram_id ~ '^[0-9]{1,16}$' THEN telegram_id::numeric END AS telegram_id, email,
      ${micros('created_at')} AS created
    FROM ${view('profiles')} AS profile WHERE ${PLAIN_MAIL} = ANY ($1::text[]) ORDER BY id`
}

/** owner, id, telegram_id, email, username, first_name, last_name, language_code, active_persona, created. */
export function profilesByOwner({ views, joined, afterUser }: Pass): string {
  return `
    SELECT owner, id, telegram_id, email, username, first_name, last_name, language_code, active_persona, created
    FROM (
      SELECT ${ownerOf('p.id', joined)} AS owner, p.*, ${micros('created_at')} AS created
      FROM ${views.view('profiles')} AS p ${joinOf('p.id', joined)}
    ) AS known WHERE ${after('owner', afterUser)} ORDER BY owner, id`
}

/** owner, user_id, basic, pro, cassandra. */
export function creditsByOwner({ views, joined, afterUser }: Pass): string {
  return `
    SELECT owner, user_id, basic, pro, cassandra FROM (
      SELECT ${ownerOf('c.user_id', joined)} AS owner, c.*
      FROM ${views.view('user_credits')} AS c ${joinOf('c.user_id', joined)}
    ) AS known WHERE ${after('owner', afterUser)} ORDER BY owner NULLS LAST, user_id`
}

/**
 * owner, id, user_id, persona, role, content, at (timestamptz), whether the time is its own. A line without a time has
 * the time of the one before it of the same profile, else of the first that has one, else of the profile, else `now`.
 */
export function linesByOwner({ views, joined, afterUser, lines }: Pass, nowMicros: number): string {
  const now = `timestamptz 'epoch' + interval '${nowMicros} microseconds'`
  return `
    WITH timeless AS (
      SELECT DISTINCT user_id AS who FROM ${views.view('chat_messages')} AS m WHERE ${moment('created_at')} IS NULL
    ), numbered AS (
      SELECT id, who, at, count(at) OVER (PARTITION BY who ORDER BY id) AS nth
      FROM (
        SELECT m.id, m.user_id AS who, ${moment('m.created_at')} AS at
        FROM ${views.view('chat_messages')} AS m JOIN timeless ON timeless.who = m.user_id
      ) AS theirs
    ), neighbours AS (
      SELECT id, who, at, coalesce(max(at) OVER (PARTITION BY who, nth),
        max(at) FILTER (WHERE nth = 1) OVER (PARTITION BY who)) AS near
      FROM numbered
    ), beside AS MATERIALIZED (
      SELECT n.id, coalesce(n.near, ${moment('p.created_at')}) AS near
      FROM neighbours n LEFT JOIN ${views.view('profiles')} AS p ON p.id = n.who
      WHERE n.at IS NULL
    )
    SELECT owner, id, user_id, persona, role, content, coalesce(at, near, ${now}) AS at, at IS NOT NULL AS timed FROM (
      SELECT ${ownerOf('m.user_id', joined)} AS owner, m.*, ${moment('m.created_at')} AS at, beside.near
      FROM ${views.view('chat_messages')} AS m LEFT JOIN beside ON beside.id = m.id ${joinOf('m.user_id', joined)}
      WHERE ${within(lines)}
    ) AS line WHERE ${after('owner', afterUser)} ORDER BY owner NULLS LAST, coalesce(at, near, ${now}), id`
}

/** So many ids below the last one may be of lines that are still being written. */
const OPEN_IDS_MAX = 10_000

/** Below every id of a line. */
export const BEFORE_ALL_LINES = String(-(2n ** 63n))

/** The highest id of a line (null when there is none), and the ids shortly below it that no line has, as an array. */
export function lastLines({ view }: Views): string {
  return `
    SELECT last, (
      SELECT array_agg(id) FROM generate_series(last - ${OPEN_IDS_MAX}, last - 1) AS near(id)
      WHERE NOT EXISTS (SELECT FROM ${view('chat_messages')} AS m WHERE m.id = near.id))
    FROM (SELECT max(id) AS last FROM ${view('chat_messages')} AS m) AS known`
}

/** How many rows of each table a run asks for (profiles, lines, purses), and the credits of each type, as they stand. */
export function countAll({ view }: Views, lines: LineBounds): string {
  const sum = (type: string) =>
    `coalesce(sum(CASE WHEN ${type} BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER} THEN ${type} END), 0)::numeric`
  return `
    SELECT (SELECT count(*) FROM ${view('profiles')} AS p),
      (SELECT count(*) FROM ${view('chat_messages')} AS m WHERE ${within(lines)}),
      (SELECT count(*) FROM ${view('user_credits')} AS c), ${CREDIT_TYPES.map(sum).join(', ')}
    FROM ${view('user_credits')} AS purse`
}

/** How many lines of people there are within what a run could read, but for these profiles. */
export function countReadable(
  { view }: Views,
  { last, notYet }: Pick<LineBounds, 'last' | 'notYet'>,
  newProfiles: readonly string[],
): string {
  return `
    SELECT count(*) FROM ${view('chat_messages')} AS m JOIN ${view('profiles')} AS p ON p.id = m.user_id
    WHERE m.id <= ${literal(last)} AND NOT ${oneOf('m.id', notYet)}
      AND NOT (p.id = ANY (${literal(`{${newProfiles.join(',')}}`)}::uuid[]))`
}

/** The ids of all profiles. */
export function profileIds({ view }: Views): string {
  return `SELECT id FROM ${view('profiles')} AS p`
}

function ownerOf(id: string, joined: readonly Joined[]): string {
  return joined.length > 0 ? `coalesce(joined.owner, ${id})` : id
}

function joinOf(id: string, joined: readonly Joined[]): string {
  if (joined.length === 0) return ''
  const pairs = joined.map(({ member, owner }) => `(${literal(member)}, ${literal(owner)})`).join(', ')
  return `LEFT JOIN (SELECT m::uuid AS member, o::uuid AS owner FROM (VALUES ${pairs}) AS pair(m, o)) AS joined
    ON joined.member = ${id}`
}

/** Of lines under the name `m`. */
function within({ after: first, open, newProfiles, last, notYet }: LineBounds): string {
  const ofNew = newProfiles.length > 0 ? `m.user_id = ANY (${literal(`{${newProfiles.join(',')}}`)}::uuid[])` : 'false'
  return [
    first === null ? 'true' : `(m.id > ${literal(first)} OR ${oneOf('m.id', open)} OR ${ofNew})`,
    `m.id <= ${literal(last)}`,
    `NOT ${oneOf('m.id', notYet)}`,
  ].join(' AND ')
}

/** Almost all ids lie below the list, and are not compared with each of it. */
function oneOf(id: string, list: readonly string[]): string {
  if (list.length === 0) return 'false'
  const least = list.reduce((one, other) => (BigInt(one) < BigInt(other) ? one : other))
  return `(${id} >= ${literal(least)} AND ${id} = ANY (${literal(`{${list.join(',')}}`)}::bigint[]))`
}

/** What has no owner comes last, in a run that begins anew as in one that goes on. */
function after(expression: string, value: string | null): string {
  return value === null ? 'true' : `(${expression} > ${literal(value)} OR ${expression} IS NULL)`
}
