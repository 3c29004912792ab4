import type { LinkedTelegram } from '#contract/api'
import type { Locale } from '#contract/words'
import type { Merged } from './merge-users.ts'

/** The two sides of a link, or of one that is undone; a side without an address or a chat hears nothing. */
export type LinkSides = Pick<Merged, 'survivorId' | 'survivorTelegram' | 'absorbedEmail' | 'locale'>

/** What people hear about links besides the answer to their own deed. Called after the commit; nothing here throws. */
export interface LinkNews {
  /** A page shows the code that would join this login with a Telegram: its owner may not be the one who asked. */
  asked(asked: { email: string | null; telegram: LinkedTelegram; locale: Locale }): void
  /** Two users became one: open pages, the chat, the address. */
  linked(merged: Merged): Promise<void>
  /** They are two again: the chat and the address. */
  undone(sides: LinkSides): Promise<void>
}
