import {
  backButton,
  init,
  miniApp,
  retrieveLaunchParams,
  retrieveRawInitData,
  setTargetOrigin,
  themeParams,
  viewport,
} from '@tma.js/sdk-react'
import type { TelegramFrame } from './telegram-context.tsx'

export interface Telegram extends TelegramFrame {
  startParam: string | null
}

/**
 * Joins the Telegram client around this page: theme and safe areas as CSS variables, back button, closing.
 * Null when there is no such client (a plain browser). `origin` comes from our server, never from the address.
 */
export function joinTelegram(origin: string | null): Telegram | null {
  if (origin) setTargetOrigin(origin)
  const initData = attempt(() => retrieveRawInitData())
  if (!initData) return null
  // Custom styles would be an inline style element, which our content policy refuses.
  init({ acceptCustomStyles: false })
  followTheme()
  followViewport()
  attempt(() => backButton.mount())
  attempt(() => miniApp.mount())
  attempt(() => miniApp.ready())
  let goBack: (() => void) | null = null
  attempt(() => backButton.onClick(() => goBack?.()))
  return {
    initData,
    startParam: attempt(() => retrieveLaunchParams().tgWebAppStartParam) ?? null,
    close: () => void attempt(() => miniApp.close()),
    setBack(next) {
      goBack = next
      attempt(() => (next ? backButton.show() : backButton.hide()))
    },
  }
}

function followTheme(): void {
  const root = document.documentElement
  root.dataset.telegram = ''
  attempt(() => themeParams.mount())
  attempt(() => themeParams.bindCssVars())
  const setMood = () => {
    root.dataset.mood = themeParams.isDark() ? 'night' : 'day'
  }
  setMood()
  themeParams.isDark.sub(setMood)
}

function followViewport(): void {
  const bind = () => attempt(() => viewport.bindCssVars())
  attempt(() => viewport.expand())
  attempt(() => viewport.mount().then(bind, bind))
}

/** A client may be older than any of these; what it cannot do is left out. */
function attempt<T>(deed: () => T): T | undefined {
  try {
    return deed()
  } catch {
    return undefined
  }
}
