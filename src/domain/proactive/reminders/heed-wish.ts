import type { Kysely } from 'kysely'
import { insertNotice } from '#domain/delivery'
import { lockUser, messengerOf, readUser } from '#domain/identity'
import { type Announce, type Asked, quoted, receiveOnce } from '#domain/replies'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import type { Texts } from '#platform/texts'
import type { Reminder } from './reminder.ts'
import { REMINDER_WORDS } from './reminder-words.ts'
import type { Reminders } from './reminders.ts'
import { readWhen, type When } from './when/read-when.ts'
import { whenInWords } from './when-in-words.ts'
import { wishInWords, withoutLead } from './wish-in-words.ts'

/** Namespace of receipts: what was said about a wish is said once. */
const SOURCE = 'reminder wish'
/** A wish whose time went by before anybody came to it is granted at once. */
const SOONEST_MS = 1_000

export interface HeedDeps {
  db: Kysely<Database>
  reminders: Reminders
  texts: Texts
  announce: Announce
}

type Outcome = { reminder: Reminder } | { refused: 'zone_unknown' | 'no_telegram' | 'not_set' }

/**
 * Sets the reminder that a line of the talk asks for ("напомни мне завтра в девять…"), once however often the line is
 * answered, and gives what its companion is to know of it, so that nothing is promised that was not set; null for a line
 * that asks for none.
 */
export async function heedWish(deps: HeedDeps, asked: Asked): Promise<string | null> {
  const wish = wishInWords(asked.text)
  const person = wish === null ? null : await readUser(deps.db, asked.userId)
  if (wish === null || !person) return null
  const when = readWhen(wish, { now: asked.at, zone: person.timezone, locale: person.locale })
  const words = REMINDER_WORDS[person.locale]
  if ('refused' in when && (when.refused === 'unreadable' || when.refused === 'past')) return words.unclear
  if ('at' in when && withoutLead(when.text) === '') return words.unclear
  const outcome = await inTransaction(deps.db, (tx) => settle(deps, tx, asked, when))
  if (!outcome) return null
  deps.announce.wakeDeliveries()
  if ('refused' in outcome) {
    // Nobody tells a page but the companion.
    return words[outcome.refused === 'zone_unknown' && asked.address === null ? 'zone_unknown_page' : outcome.refused]
  }
  deps.announce.event(outcome.reminder.userId, { name: 'reminders', data: {} })
  const { at, text } = outcome.reminder
  const said = whenInWords(deps.texts, at, { locale: person.locale, zone: person.timezone })
  return words.set(said, quoted(text))
}

/** Null for a wish that was granted before and is over. */
async function settle(
  { reminders }: HeedDeps,
  tx: Executor,
  { userId, messageId, address }: Asked,
  when: When,
): Promise<Outcome | null> {
  const user = await lockUser(tx, userId)
  if (!user) return null
  const at = { userId: user.id, messageId, address }
  const messenger = await messengerOf(tx, user.id, 'telegram')
  if (messenger?.reachability !== 'reachable') return { refused: 'no_telegram' }
  if ('refused' in when) return refuse(tx, at, when.refused)
  const soonest = (await reminders.now(tx)).getTime() + SOONEST_MS
  const wish = { at: new Date(Math.max(when.at.getTime(), soonest)), text: withoutLead(when.text) }
  const added = await reminders.add(tx, { userId: user.id, id: messageId, ...wish })
  if ('reminder' in added) {
    await tellChat(tx, at, { key: 'reminder_set', args: { reminderId: messageId } })
    return added
  }
  if (added.refused !== 'known') return refuse(tx, at, added.refused)
  const known = await reminders.find(tx, user.id, messageId)
  return known && { reminder: known }
}

async function refuse(
  tx: Executor,
  at: Pick<Asked, 'userId' | 'messageId' | 'address'>,
  why: string,
): Promise<Outcome> {
  if (await receiveOnce(tx, { userId: at.userId, source: SOURCE, key: at.messageId })) {
    await tellChat(tx, at, { key: `reminder_${why}` })
  }
  return { refused: why === 'zone_unknown' ? why : 'not_set' }
}

/** On pages the list of reminders shows it; a chat is told. */
async function tellChat(
  tx: Executor,
  { userId, address }: Pick<Asked, 'userId' | 'address'>,
  notice: { key: string; args?: Record<string, string> },
): Promise<void> {
  if (address !== null) await insertNotice(tx, { userId, channel: 'telegram', address, notice })
}
