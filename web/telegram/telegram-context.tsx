import { createContext, useContext } from 'react'

/** What a finger feels: something was chosen, something went out, something worked or did not. */
export type Touch = 'choice' | 'sent' | 'success' | 'failure'

/** The one deed of a page, as Telegram's own button shows it. */
export interface BigButton {
  text: string
  /** Runs already: the button turns and cannot be pressed. */
  busy: boolean
  onPress(): void
}

/** What the page can do because it runs inside Telegram; null in an ordinary browser. */
export interface TelegramFrame {
  /** The signed launch data: proof of who has Telegram open here. */
  initData: string
  /** Closes the Mini App: the bot's chat is behind it. */
  close(): void
  /** Shows Telegram's back button while `goBack` is given. */
  setBack(goBack: (() => void) | null): void
  /** Shows "Settings" in Telegram's own menu while `open` is given. */
  setSettings(open: (() => void) | null): void
  /** False in a client without the big button: the page then shows its own. */
  hasBigButton: boolean
  /** Shows Telegram's big button below the page while one is given. */
  setBigButton(button: BigButton | null): void
  /**
   * Shows an invoice in Telegram's own sheet and tells how that was closed; null in a client that cannot. What was paid
   * is known by our server alone.
   */
  pay(invoiceUrl: string): Promise<'cancelled' | 'closed'> | null
  /** Saves a file as Telegram does, or lets its browser fetch it where the client is too old for that. */
  save(url: string, fileName: string): void
  /** Taps back, on phones that can; elsewhere nothing happens. */
  feel(touch: Touch): void
  /** Lets Telegram ask before it closes the page. */
  askBeforeClosing(needed: boolean): void
}

export const TelegramContext = createContext<TelegramFrame | null>(null)

export const useTelegram = () => useContext(TelegramContext)
