import { activeConversation, type Conversation, latestConversationWith } from '#domain/conversations'
import { type KeyRing, lockUser, type OnDamage, openOrTell } from '#domain/identity'
import type { Cache } from '#platform/cache'
import type { Executor } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { cachingOpener } from './cached-facts.ts'
import { type Fact, factPlace, forgottenMark, type SealedFact, summaryPlace } from './fact.ts'
import { blankFact, findFact, readFacts, rewriteFact } from './fact-store.ts'
import { rewriteMemory } from './memory-queue-store.ts'
import { readRecollection } from './recall-store.ts'

/** What a companion knows besides the recent messages. */
export interface Recollection {
  summary: string | null
  /** Oldest first. */
  facts: string[]
  /** Ids of lines and turns that nothing may be known of any more. */
  forgotten: ReadonlySet<string>
}

/** Whether a line, or the one it answers, is to be known no more. */
export function isForgotten(
  { id, turnId }: { id: string; turnId: string | null },
  forgotten: ReadonlySet<string>,
): boolean {
  return forgotten.has(id) || (turnId !== null && forgotten.has(turnId))
}

/** What is remembered, in the clear on this side and sealed on the other. */
export interface Memory {
  /** For a prompt. `alsoOf`: personas whose facts this one may know; there are walls between all others. */
  recall(db: Executor, conversation: Conversation, alsoOf: readonly string[]): Promise<Recollection>
  /** Everything that the active conversation's companion remembers, for its owner; empty without a conversation. */
  list(db: Executor, userId: string, alsoOf: (personaId: string) => readonly string[]): Promise<Fact[]>
  /** Rewrites one of the user's own facts; null when there is none. Takes the user's row lock. */
  edit(tx: Executor, userId: string, id: string, text: string): Promise<Fact | null>
  /** Forgets one for good, and the line it came from with it; false when there is none. Takes the user's row lock. */
  forget(tx: Executor, userId: string, id: string): Promise<boolean>
  openFacts(sealed: readonly SealedFact[]): Promise<Fact[]>
  openSummary(userId: string, conversationId: string, sealed: Buffer | null): Promise<string | null>
}

export interface MemoryDeps {
  vault: Vault
  keys: KeyRing
  /** Something remembered does not open: it is as if it were forgotten. */
  onDamage?: OnDamage
  /**
   * Where opened facts lie at hand, sealed again; left out: nowhere. Within this process only: what is forgotten lies
   * nowhere else from that moment on.
   */
  cache?: Cache
}

export function createMemory(deps: MemoryDeps): Memory {
  const { vault, keys, cache } = deps
  const { openFacts, openSummary } = openers(deps)
  const caching = cache && cachingOpener({ cache, vault, keys }, openFacts)
  return {
    async recall(db, conversation, alsoOf) {
      const { userId, id } = conversation
      const others = await conversationsWith(db, userId, alsoOf)
      const sealed = await readRecollection(db, userId, id, others)
      const [summary, facts] = await Promise.all([
        openSummary(userId, id, sealed.summary),
        caching ? caching.open(userId, id, sealed.facts) : openFacts(sealed.facts).then(textsOf),
      ])
      return { summary, facts, forgotten: sealed.forgotten }
    },
    async list(db, userId, alsoOf) {
      const conversation = await activeConversation(db, userId)
      if (!conversation) return []
      const others = await conversationsWith(db, userId, alsoOf(conversation.personaId))
      return openFacts(await readFacts(db, userId, [conversation.id, ...others]))
    },
    async edit(tx, userId, id, text) {
      const user = await lockUser(tx, userId)
      if (!user) return null
      const key = keys.remember(user.id, user.keyId, user.wrappedKey)
      const sealedText = vault.seal(key, factPlace(id), text)
      const fact = await rewriteFact(tx, { userId: user.id, id, sealedText })
      return fact && { ...withoutSeal(fact), text }
    },
    async forget(tx, userId, id) {
      const user = await lockUser(tx, userId)
      const sealed = user && (await findFact(tx, user.id, id))
      const [fact] = sealed ? await openFacts([sealed]) : []
      if (!fact) return false
      await blankFact(tx, { userId: fact.userId, id, mark: forgottenMark(vault, fact.text) })
      await rewriteMemory(tx, fact.userId, fact.conversationId)
      await caching?.forget(fact.userId)
      return true
    },
    openFacts,
    openSummary,
  }
}

/** From what lies in the database to what is remembered; what does not open is told of and left out. */
function openers({ vault, keys, onDamage = () => {} }: MemoryDeps): Pick<Memory, 'openFacts' | 'openSummary'> {
  return { openFacts, openSummary }

  async function openFacts(sealed: readonly SealedFact[]): Promise<Fact[]> {
    const opened: Fact[] = []
    for (const fact of sealed) {
      const { id, userId } = fact
      const text = await openOrTell({ table: 'facts', id, userId }, onDamage, async () => {
        const key = await keys.byId(userId, vault.keyIdOf(fact.sealedText))
        return vault.open(key, factPlace(id), fact.sealedText)
      })
      if (text !== null) opened.push({ ...withoutSeal(fact), text })
    }
    return opened
  }

  async function openSummary(userId: string, conversationId: string, sealed: Buffer | null): Promise<string | null> {
    if (!sealed) return null
    return openOrTell({ table: 'memories', id: conversationId, userId }, onDamage, async () => {
      const key = await keys.byId(userId, vault.keyIdOf(sealed))
      return vault.open(key, summaryPlace(conversationId), sealed)
    })
  }
}

/** Of each of these personas the latest conversation: what was begun anew there is forgotten here too. */
async function conversationsWith(db: Executor, userId: string, personaIds: readonly string[]): Promise<string[]> {
  const ids: string[] = []
  for (const personaId of personaIds) {
    const latest = await latestConversationWith(db, userId, personaId)
    if (latest) ids.push(latest.id)
  }
  return ids
}

function textsOf(facts: readonly Fact[]): string[] {
  return facts.map(({ text }) => text)
}

function withoutSeal({ sealedText: _, ...fact }: SealedFact): Omit<Fact, 'text'> {
  return fact
}
