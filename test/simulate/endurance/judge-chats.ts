import { type Kysely, sql } from 'kysely'
import type { Database } from '#platform/postgres'
import type { Sandbox } from '#sandbox'
import type { Court } from './court.ts'
import type { Histories } from './judge-histories.ts'
import type { Dweller } from './people.ts'
import type { Said } from './speak.ts'

/**
 * A reply whose two attempts were both cut off before they sent anything is given up as unknown and never shown.
 * The kills must meet the same short moment twice, so more than this share is no accident; one always may be.
 */
const NEVER_SHOWN_SHARE_MAX = 0.01
const UNKNOWN_UNSHOWN = 'never shown, and recorded as unknown'

/** What the product wrote down about one delivery of a reply. */
interface Delivered {
  turnId: string
  state: string
  externalId: string | null
  /** Attempts that may have arrived without our knowing. */
  ambiguous: number
}

interface Evidence {
  db: Kysely<Database>
  sandbox: Sandbox
  histories: Histories
  said: readonly Said[]
  court: Court
}

/**
 * Each reply to the bot was shown, once, or once more for each attempt that may have arrived; in the order of the history;
 * and nothing that was asked elsewhere was answered there.
 */
export async function judgeChats({ db, sandbox, histories, said, court }: Evidence): Promise<void> {
  const delivered = Map.groupBy(await readDelivered(db), ({ turnId }) => turnId)
  for (const [dweller, texts] of Map.groupBy(said, (one) => one.dweller)) {
    const shown = sandbox.telegram.replies(dweller.telegramId)
    const shownAs = Map.groupBy(shown, ({ wire }) => wire.text)
    for (const { text, interface: place } of texts) {
      if (place !== 'bot' && shownAs.has(text)) court.find('A page was answered in the bot', text)
    }
    judgeChat({ dweller, histories, delivered, shownAs, court })
  }
  const { 'replies shown': shown = 0, [UNKNOWN_UNSHOWN]: unshown = 0 } = court.counts.chats ?? {}
  if (unshown > Math.max(1, shown * NEVER_SHOWN_SHARE_MAX))
    court.find('LOST: too many replies were never shown', { shown, unshown })
}

interface Chat {
  dweller: Dweller
  histories: Histories
  delivered: ReadonlyMap<string, Delivered[]>
  shownAs: ReadonlyMap<string | undefined, readonly { order: number; wire: { message_id: number } }[]>
  court: Court
}

function judgeChat({ dweller, histories, delivered, shownAs, court }: Chat): void {
  let latest = 0
  for (const { role, interface: place, turn, text } of histories.get(dweller.userId) ?? []) {
    if (role !== 'assistant' || place !== 'bot' || !turn) continue
    const [delivery, ...others] = delivered.get(turn.id) ?? []
    if (!delivery || others.length > 0) {
      court.find('A short reply has not exactly one delivery', text, delivery ?? null, others)
      continue
    }
    const shows = shownAs.get(text) ?? []
    judgeShows(text, delivery, shows, court)
    const [first] = shows
    if (first && first.order < latest) court.find('A chat is not in the order of the history', text, delivery)
    latest = Math.max(latest, first?.order ?? 0)
  }
}

function judgeShows(
  text: string,
  delivery: Delivered,
  shows: Chat['shownAs'] extends ReadonlyMap<unknown, infer S> ? S : never,
  court: Court,
): void {
  const { state, ambiguous, externalId } = delivery
  if (state !== 'sent' && state !== 'unknown') court.find('A reply was not delivered', text, delivery)
  if (shows.length > 0) court.count('chats', 'replies shown')
  else if (state === 'unknown') court.count('chats', UNKNOWN_UNSHOWN)
  else court.find('LOST: a reply was never shown', text, delivery)
  const again = Math.max(0, shows.length - 1)
  court.count('chats', 'repeats with a reason', Math.min(again, ambiguous))
  court.count('chats', 'repeats without', Math.max(0, again - ambiguous))
  if (again > ambiguous) court.find('DOUBLED: a reply was shown again without a reason', text, delivery, shows.length)
  if (state === 'sent' && !shows.some(({ wire }) => String(wire.message_id) === externalId)) {
    court.find('A delivery names a message that is not in the chat', text, delivery)
  }
}

async function readDelivered(db: Kysely<Database>): Promise<Delivered[]> {
  const { rows } = await sql<Delivered>`
    SELECT turn_id AS "turnId", state, external_id AS "externalId",
      (SELECT count(*)::integer FROM delivery_attempts
       WHERE delivery_id = deliveries.id AND (outcome IS NULL OR outcome = 'unknown')) AS ambiguous
    FROM deliveries WHERE turn_id IS NOT NULL AND message_id IS NOT NULL AND interface = 'bot'
  `.execute(db)
  return rows
}
