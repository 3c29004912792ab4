import {
  type DamagedRow,
  isDamage,
  type KeyRing,
  type LockedUser,
  nextSeq,
  type OnDamage,
  openOrTell,
} from '#domain/identity'
import type { Cache } from '#platform/cache'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import { type DataKey, isSealedBy, type Vault } from '#platform/vault'
import { type HistoryMessage, messagePlace, type SealedMessage } from './message.ts'
import { findMessage, insertMessage, readFollowing, readNewest, readPage } from './message-store.ts'
import { createCachedTalks } from './recent/cached-talks.ts'
import { type RecentAt, type RecentDeps, recentReader } from './recent/read-recent.ts'

/** What it takes to add a line; seq, time and the seal are made here. */
export type NewMessage = Omit<HistoryMessage, 'id' | 'userId' | 'seq' | 'createdAt' | 'damaged'> & { id?: string }

/** The one history of a user, with texts in the clear on this side and sealed on the other. */
export interface History {
  /** Adds a line at the next seq of a user whose row the caller has locked. */
  append(tx: Executor, user: LockedUser, message: NewMessage): Promise<HistoryMessage>
  /** Ascending by seq. Here and in `find` a line that does not open is there, without its text. */
  page(db: Executor, userId: string, at: { before?: number; after?: number; limit: number }): Promise<HistoryMessage[]>
  find(db: Executor, userId: string, id: string): Promise<HistoryMessage | null>
  /** Newest first, the question always among them, others until `lengthMax` UTF-16 units are full; see readForPrompt. A question that does not open throws. */
  recent(db: Executor, at: RecentAt): Promise<HistoryMessage[]>
  /** Oldest first, from a line on; see readFollowing. */
  following(db: Executor, at: Parameters<typeof readFollowing>[1]): Promise<HistoryMessage[]>
  /** Newest first, from a place backwards. */
  newest(db: Executor, at: Parameters<typeof readNewest>[1]): Promise<HistoryMessage[]>
}

export interface HistoryDeps {
  vault: Vault
  keys: KeyRing
  /** A line does not open: it is shown without its text, and models are not given it. */
  onDamage?: OnDamage
  /** Where what prompts are given lies at hand; left out: nowhere. */
  cache?: Cache
  measureRecent?: RecentDeps['measure']
}

export function createHistory(deps: HistoryDeps): History {
  const { vault, keys } = deps
  const { openAll, showAll, openSound, openLine } = lineOpener(deps)
  const cached = deps.cache && createCachedTalks({ vault, keys, cache: deps.cache })
  const recent = recentReader({ openLine, openSound, cached, measure: deps.measureRecent })
  return {
    async append(tx, user, { text, ...message }) {
      const id = message.id ?? newId()
      const key = keys.remember(user.id, user.keyId, user.wrappedKey)
      const line = {
        ...message,
        id,
        userId: user.id,
        seq: await nextSeq(tx, user.id, { spoken: message.role === 'user' }),
      }
      const createdAt = await insertMessage(tx, { ...line, sealedText: vault.seal(key, messagePlace(id), text) })
      return { ...line, text, createdAt }
    },
    async page(db, userId, at) {
      return showAll(await readPage(db, userId, at))
    },
    async find(db, userId, id) {
      const [message] = await showAll([await findMessage(db, userId, id)].filter((row) => row !== null))
      return message ?? null
    },
    recent,
    async following(db, at) {
      return openAll(await readFollowing(db, at))
    },
    async newest(db, at) {
      return openAll(await readNewest(db, at))
    },
  }
}

/** From what lies in the database to what is shown, and to what models are given. */
function lineOpener({ vault, keys, onDamage = () => {} }: HistoryDeps) {
  return { openAll, showAll, openSound, openLine }

  async function openAll(lines: SealedMessage[]): Promise<HistoryMessage[]> {
    return (await openEach(lines)).filter((line) => line !== null)
  }

  async function showAll(lines: SealedMessage[]): Promise<HistoryMessage[]> {
    const opened = await openEach(lines)
    return lines.map((line, index) => opened[index] ?? { ...withoutSeal(line), damaged: true })
  }

  /** Lines of one page nearly always have one key: it is asked for once, as a promise for each line costs as much as opening it. */
  async function openEach(lines: SealedMessage[]): Promise<(HistoryMessage | null)[]> {
    const opened: (HistoryMessage | null)[] = []
    let key: DataKey | undefined
    for (const line of lines) {
      try {
        if (!key || !isSealedBy(key, line.sealedText))
          key = await keys.byId(line.userId, vault.keyIdOf(line.sealedText))
        opened.push(openWith(key, line))
      } catch (error) {
        if (!isDamage(error)) throw error
        onDamage(rowOf(line))
        opened.push(null)
      }
    }
    return opened
  }

  function openSound(line: SealedMessage): Promise<HistoryMessage | null> {
    return openOrTell(rowOf(line), onDamage, () => openLine(line))
  }

  async function openLine(line: SealedMessage): Promise<HistoryMessage> {
    return openWith(await keys.byId(line.userId, vault.keyIdOf(line.sealedText)), line)
  }

  function openWith(key: DataKey, line: SealedMessage): HistoryMessage {
    const opened = withoutSeal(line)
    opened.text = vault.open(key, messagePlace(line.id), line.sealedText)
    return opened
  }
}

function rowOf({ id, userId }: SealedMessage): DamagedRow {
  return { table: 'messages', id, userId }
}

/** Named one by one: a history is read line by line, and to spread and to leave out takes several times as long. */
function withoutSeal(line: SealedMessage): Omit<SealedMessage, 'sealedText'> & { text: string } {
  return {
    id: line.id,
    userId: line.userId,
    seq: line.seq,
    conversationId: line.conversationId,
    turnId: line.turnId,
    role: line.role,
    channel: line.channel,
    interface: line.interface,
    contentType: line.contentType,
    text: '',
    createdAt: line.createdAt,
  }
}
