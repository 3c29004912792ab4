import type { Vault } from '#platform/vault'

/** Something worth keeping that the person said, with the line that said it. */
export interface Fact {
  id: string
  userId: string
  conversationId: string
  messageId: string
  text: string
  createdAt: Date
}

/** A fact as it lies in the database. */
export interface SealedFact extends Omit<Fact, 'text'> {
  sealedText: Buffer
}

/** Where a fact's text is sealed: the vault's additional data. */
export function factPlace(id: string): { table: string; id: string } {
  return { table: 'facts', id }
}

/** Where a conversation's summary is sealed. */
export function summaryPlace(conversationId: string): { table: string; id: string } {
  return { table: 'memories', id: conversationId }
}

/** What two facts that say the same have in common: their words, without case and punctuation. */
export function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** By this a forgotten fact is known again without being kept. */
export function forgottenMark(vault: Vault, text: string): Buffer {
  return vault.hmac('forgotten fact', wordsOf(text))
}
