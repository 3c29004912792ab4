import { api } from './api.ts'
import { ask, complain } from './dialog.ts'
import { payBySlug } from './payment-sheet.ts'
import { theme } from './theme.ts'
import { words } from './words.ts'

type Data = Record<string, unknown>
export type AppButton = {
  visible: boolean
  active: boolean
  busy: boolean
  text: string
  color?: string
  textColor?: string
}

/** What a Mini App may change about the sheet it stands in. */
export type Sheet = {
  frame: HTMLIFrameElement
  personId: number
  loaded(): void
  close(): void
  showBack(visible: boolean): void
  showSettings(visible: boolean): void
  showMain(button: AppButton): void
  confirmClosing(needed: boolean): void
  colorHeader(color: string): void
  openTelegramLink(path: string): void
}

const NO_INSETS = { top: 0, bottom: 0, left: 0, right: 0 }

/** Speaks with the Mini App in the frame: JSON texts `{eventType, eventData}` both ways (core.telegram.org/api/web-events). */
export function createBridge(sheet: Sheet) {
  const send = (eventType: string, eventData?: Data) =>
    sheet.frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), new URL(sheet.frame.src).origin)
  const sendTheme = () => send('theme_changed', { theme_params: theme.params() })
  const sendViewport = () => {
    const { clientWidth: width, clientHeight: height } = sheet.frame
    send('viewport_changed', { width, height, is_expanded: true, is_state_stable: true })
  }

  const reactions: Record<string, (data: Data) => unknown> = {
    web_app_ready: sheet.loaded,
    web_app_close: sheet.close,
    web_app_expand: sendViewport,
    web_app_request_theme: sendTheme,
    web_app_request_viewport: sendViewport,
    web_app_request_safe_area: () => send('safe_area_changed', NO_INSETS),
    web_app_request_content_safe_area: () => send('content_safe_area_changed', NO_INSETS),
    web_app_request_fullscreen: () => send('fullscreen_failed', { error: 'UNSUPPORTED' }),
    web_app_setup_back_button: (data) => sheet.showBack(data.is_visible === true),
    web_app_setup_settings_button: (data) => sheet.showSettings(data.is_visible === true),
    web_app_setup_main_button: (data) => sheet.showMain(readButton(data)),
    web_app_setup_closing_behavior: (data) => sheet.confirmClosing(data.need_confirmation === true),
    web_app_set_header_color: (data) => {
      const color = data.color ?? theme.params()[String(data.color_key)]
      if (typeof color === 'string') sheet.colorHeader(color)
    },
    web_app_open_link: (data) =>
      /^https?:/u.test(String(data.url)) && window.open(String(data.url), '_blank', 'noopener'),
    web_app_open_tg_link: (data) => sheet.openTelegramLink(String(data.path_full)),
    web_app_open_invoice: async ({ slug }) => {
      const status = await payBySlug(sheet.personId, String(slug))
      send('invoice_closed', { slug, status })
    },
    web_app_request_write_access: async () => {
      const choice = await ask('', words.askWrite, [
        { id: 'allowed', text: words.allow },
        { id: 'cancelled', text: words.cancel, quiet: true },
      ])
      if (choice === 'allowed') await api.deed(sheet.personId, 'write-access')
      send('write_access_requested', { status: choice ?? 'cancelled' })
    },
    web_app_open_popup: async (data) => {
      const buttons = Array.isArray(data.buttons) ? data.buttons : []
      const choice = await ask(String(data.title ?? ''), String(data.message ?? ''), buttons.map(readPopupButton))
      send('popup_closed', choice === null ? {} : { button_id: choice })
    },
    web_app_invoke_custom_method: ({ req_id }) => send('custom_method_invoked', { req_id, error: 'UNSUPPORTED' }),
    web_app_read_text_from_clipboard: ({ req_id }) => send('clipboard_text_received', { req_id, data: null }),
  }

  async function receive(event: MessageEvent) {
    if (event.source !== sheet.frame.contentWindow || typeof event.data !== 'string') return
    const message = readMessage(event.data)
    if (!message) return
    await Promise.resolve(reactions[message.eventType]?.(message.eventData)).catch(complain)
  }

  const listener = (event: MessageEvent) => void receive(event)
  window.addEventListener('message', listener)
  window.addEventListener('resize', sendViewport)
  const stopTheme = theme.onChange(sendTheme)
  return {
    send,
    end() {
      window.removeEventListener('message', listener)
      window.removeEventListener('resize', sendViewport)
      stopTheme()
    },
  }
}

function readMessage(text: string): { eventType: string; eventData: Data } | null {
  try {
    const { eventType, eventData } = JSON.parse(text)
    return typeof eventType === 'string' ? { eventType, eventData: eventData ?? {} } : null
  } catch {
    return null
  }
}

function readButton(data: Data): AppButton {
  return {
    visible: data.is_visible === true,
    active: data.is_active !== false,
    busy: data.is_progress_visible === true,
    text: String(data.text ?? ''),
    ...(typeof data.color === 'string' ? { color: data.color } : {}),
    ...(typeof data.text_color === 'string' ? { textColor: data.text_color } : {}),
  }
}

function readPopupButton(button: Data) {
  const usual: Record<string, string> = { ok: words.ok, close: words.close, cancel: words.cancel }
  const type = String(button.type)
  return { id: String(button.id ?? ''), text: String(button.text ?? usual[type] ?? words.ok), quiet: type === 'cancel' }
}
