import { type KeyRing, type LockedUser, nextSeq, type OnDamage, openOrTell } from '#domain/identity'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { type HistoryMessage, messagePlace, type SealedMessage } from './message.ts'
import { findMessage, insertMessage, readFollowing, readForPrompt, readNewest, readPage } from './message-store.ts'

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

export interface RecentAt {
  userId: string
  conversationId: string
  questionSeq: number
  linesMax: number
  lengthMax: number
}

export interface HistoryDeps {
  vault: Vault
  keys: KeyRing
  /** A line does not open: it is shown without its text, and models are not given it. */
  onDamage?: OnDamage
}

export function createHistory(deps: HistoryDeps): History {
  const { vault, keys } = deps
  const { openAll, showAll, openSound, openLine } = lineOpener(deps)
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
    async recent(db, { userId, conversationId, questionSeq, linesMax, lengthMax }) {
      const lines = await readForPrompt(db, userId, conversationId, questionSeq, linesMax)
      const opened: HistoryMessage[] = []
      let length = 0
      // Opening costs more than reading: what does not fit anyway stays sealed.
      for (const line of lines) {
        if (length > lengthMax && line.seq !== questionSeq) continue
        const message = line.seq === questionSeq ? await openLine(line) : await openSound(line)
        if (message) opened.push(message)
        length += message?.text.length ?? 0
      }
      return opened
    },
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
    const opened: HistoryMessage[] = []
    for (const line of lines) {
      const sound = await openSound(line)
      if (sound) opened.push(sound)
    }
    return opened
  }

  async function showAll(lines: SealedMessage[]): Promise<HistoryMessage[]> {
    const shown: HistoryMessage[] = []
    for (const line of lines) shown.push((await openSound(line)) ?? { ...withoutSeal(line), text: '', damaged: true })
    return shown
  }

  function openSound(line: SealedMessage): Promise<HistoryMessage | null> {
    return openOrTell({ table: 'messages', id: line.id, userId: line.userId }, onDamage, () => openLine(line))
  }

  async function openLine(line: SealedMessage): Promise<HistoryMessage> {
    const key = await keys.byId(line.userId, vault.keyIdOf(line.sealedText))
    return { ...withoutSeal(line), text: vault.open(key, messagePlace(line.id), line.sealedText) }
  }
}

function withoutSeal({ sealedText: _, ...line }: SealedMessage): Omit<SealedMessage, 'sealedText'> {
  return line
}
