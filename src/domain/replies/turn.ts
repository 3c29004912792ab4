import type { Channel, CreditType, Interface, TurnState } from '#contract/words'

/** One user message being answered. */
export interface Turn {
  id: string
  userId: string
  conversationId: string | null
  messageId: string
  messageSeq: number
  channel: Channel
  interface: Interface
  address: string | null
  state: TurnState
  code: string | null
  priceType: CreditType | null
  priceAmount: number
  round: number
  cancelRequested: boolean
  /** What stood in for the growing reply in the chat when its last worker died. */
  previewId: string | null
  leaseToken: number
  leaseAttempts: number
}

/** How a turn ended; `code` says why without a reply. */
export interface EndedTurn {
  state: Extract<TurnState, 'done' | 'failed' | 'cancelled'>
  code: string | null
  /** From being queued to the end, by the database's clock. */
  tookSeconds?: number
}

/** Why a kept message waits for the person (turn state `unpaid`). */
export const KEPT_FOR_A_CHOICE = ['adult_required', 'no_conversation'] as const

/** A message kept for a choice is answered if the choice is made within this time. */
export const KEPT_HOURS = 24
