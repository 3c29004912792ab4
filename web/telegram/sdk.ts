import {
  backButton,
  closingBehavior,
  downloadFile,
  hapticFeedback,
  init,
  invoice,
  mainButton,
  miniApp,
  openLink,
  retrieveLaunchParams,
  retrieveRawInitData,
  setTargetOrigin,
  settingsButton,
  swipeBehavior,
  themeParams,
  viewport,
} from '@tma.js/sdk-react'
import type { BigButton, TelegramFrame, Touch } from './telegram-context.tsx'

export interface Telegram extends TelegramFrame {
  startParam: string | null
}

/**
 * Joins the Telegram client around this page: theme and safe areas as CSS variables, its buttons, closing.
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
  attempt(() => miniApp.mount())
  attempt(() => miniApp.ready())
  return {
    initData,
    startParam: attempt(() => retrieveLaunchParams().tgWebAppStartParam) ?? null,
    close: () => void attempt(() => miniApp.close()),
    setBack: pressable(backButton),
    setSettings: pressable(settingsButton),
    ...bigButton(),
    pay,
    save,
    feel: (touch) => void attempt(FEELINGS[touch]),
    askBeforeClosing: closingQuestion(),
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
  // A pull down in the talk reads what was said before; it must not pull the whole app away.
  attempt(() => swipeBehavior.mount())
  attempt(() => swipeBehavior.disableVertical())
}

type HeaderButton = typeof backButton | typeof settingsButton

/** Shows a button of Telegram's header while there is something to do by it. */
function pressable(button: HeaderButton): (press: (() => void) | null) => void {
  let onPress: (() => void) | null = null
  attempt(() => button.mount())
  attempt(() => button.onClick(() => onPress?.()))
  return (press) => {
    onPress = press
    attempt(() => (press ? button.show() : button.hide()))
  }
}

function bigButton(): Pick<TelegramFrame, 'hasBigButton' | 'setBigButton'> {
  let shown: BigButton | null = null
  const hasBigButton =
    attempt(() => {
      mainButton.mount()
      // After a reload Telegram still shows what the page before had asked for.
      mainButton.setParams({ isVisible: false, isLoaderVisible: false, isEnabled: true })
      mainButton.onClick(() => shown && !shown.busy && shown.onPress())
      return true
    }) ?? false
  return {
    hasBigButton,
    setBigButton(button) {
      shown = button
      const { text, busy } = button ?? { busy: false }
      const state = { isVisible: button !== null, isEnabled: !busy, isLoaderVisible: busy }
      attempt(() => mainButton.setParams(text ? { ...state, text } : state))
    },
  }
}

/** Bot API Mini Apps `openInvoice`, since 6.1. */
function pay(invoiceUrl: string): ReturnType<TelegramFrame['pay']> {
  const closed = attempt(() => invoice.openUrl(invoiceUrl))
  if (!closed) return null
  return closed.then(
    (status) => (status === 'cancelled' ? status : 'closed'),
    () => 'closed',
  )
}

/** Bot API Mini Apps `downloadFile`, since 8.0. */
function save(url: string, fileName: string): void {
  const saved = downloadFile.isAvailable() ? attempt(() => downloadFile(url, fileName)) : undefined
  if (saved) saved.catch(() => {})
  else attempt(() => openLink(url))
}

const FEELINGS: Record<Touch, () => unknown> = {
  choice: () => hapticFeedback.selectionChanged(),
  sent: () => hapticFeedback.impactOccurred('light'),
  success: () => hapticFeedback.notificationOccurred('success'),
  failure: () => hapticFeedback.notificationOccurred('error'),
}

function closingQuestion(): TelegramFrame['askBeforeClosing'] {
  attempt(() => closingBehavior.mount())
  attempt(() => closingBehavior.disableConfirmation())
  return (needed) =>
    void attempt(() => (needed ? closingBehavior.enableConfirmation() : closingBehavior.disableConfirmation()))
}

/** A client may be older than any of these; what it cannot do is left out. */
function attempt<T>(deed: () => T): T | undefined {
  try {
    return deed()
  } catch {
    return undefined
  }
}
