import { createContext, useContext } from 'react'

/** What the page can do because it runs inside Telegram; null in an ordinary browser. */
export interface TelegramFrame {
  /** The signed launch data: proof of who has Telegram open here. */
  initData: string
  /** Closes the Mini App: the bot's chat is behind it. */
  close(): void
  /** Shows Telegram's back button while `goBack` is given. */
  setBack(goBack: (() => void) | null): void
}

export const TelegramContext = createContext<TelegramFrame | null>(null)

export const useTelegram = () => useContext(TelegramContext)
