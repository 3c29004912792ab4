import type { Notice } from '#domain/delivery'
import type { InboundUpdate } from '../inbound-update.ts'
import type { BotDeps } from '../visit.ts'

export type ButtonUpdate = Extract<InboundUpdate, { kind: 'button' }>

/** A button of this person's own chat, with what it says. */
export interface Pressing {
  update: ButtonUpdate
  userId: string
  argument: string
}

/** What comes of a press. */
export interface Outcome {
  /** What the message becomes; null: it stays, but its buttons go. */
  view: Notice | null
  /** Key of a sentence that is shown over the chat. */
  says?: string
}

/** Does what a button asks for, at most once however often its update comes, and says what to show next. */
export type Press = (deps: BotDeps, pressing: Pressing) => Promise<Outcome>

/** A button that no longer fits: what there is now stands in its place. */
export const STALE: Outcome = { view: { key: 'main' }, says: 'answer-stale' }
