import type { Api } from 'grammy'
import type { ReplyToGrow } from '#domain/delivery'
import type { ChatLine, Ending } from './chat-line.ts'
import type { Tail } from './tail.ts'

/** One way to show a chat that its answer is coming. */
export interface Way {
  /** From when on there is something to show, by the line's clock; Infinity: nothing before the text changes. */
  dueMs(source: string): number
  /** Shows the text so far. */
  show(source: string): Promise<Ending>
}

/** What every way stands on. */
export interface WayDeps {
  api: Api
  line: ChatLine
  tail: Tail
  reply: ReplyToGrow
}
