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
