import { api } from './api.ts'
import type { AppSheet } from './app-sheet.ts'
import type { Data, Reactions, Send } from './bridge.ts'
import { ask } from './dialog.ts'
import { payBySlug } from './payment-sheet.ts'
import { theme } from './theme.ts'
import { words } from './words.ts'

const NO_INSETS = { top: 0, bottom: 0, left: 0, right: 0 }

/** What a Mini App may change about the sheet around it. */
export function sheetReactions(sheet: AppSheet): Reactions {
  return {
    web_app_ready: sheet.loaded,
    web_app_setup_back_button: (data) => sheet.showBack(data.is_visible === true),
    web_app_setup_settings_button: (data) => sheet.showSettings(data.is_visible === true),
    web_app_setup_main_button: sheet.showMain,
    web_app_setup_closing_behavior: (data) => sheet.confirmClosing(data.need_confirmation === true),
    web_app_setup_swipe_behavior: (data) => sheet.allowSwipes(data.allow_vertical_swipe !== false),
    web_app_trigger_haptic_feedback: (data) => sheet.feel(feltKind(data)),
    web_app_set_header_color: (data) => {
      const color = data.color ?? theme.params()[String(data.color_key)]
      if (typeof color === 'string') sheet.colorHeader(color)
    },
  }
}

/** `selection-change`, `impact-light`, `notification-success` (core.telegram.org/api/web-events). */
function feltKind({ type, impact_style, notification_type }: Data): string {
  const kind = [type, impact_style ?? notification_type].filter((part) => typeof part === 'string').join('-')
  return kind.replace(/[^a-z]+/gu, '-')
}

/** What it may ask, and have answered by this page or by the person. */
export function questionReactions(personId: number, send: Send): Reactions {
  return {
    web_app_request_safe_area: () => send('safe_area_changed', NO_INSETS),
    web_app_request_content_safe_area: () => send('content_safe_area_changed', NO_INSETS),
    web_app_request_fullscreen: () => send('fullscreen_failed', { error: 'UNSUPPORTED' }),
    web_app_invoke_custom_method: ({ req_id }) => send('custom_method_invoked', { req_id, error: 'UNSUPPORTED' }),
    web_app_read_text_from_clipboard: ({ req_id }) => send('clipboard_text_received', { req_id, data: null }),
    web_app_open_link: ({ url }) => {
      if (/^https?:/u.test(String(url))) window.open(String(url), '_blank', 'noopener')
    },
    web_app_open_invoice: async ({ slug }) => {
      const status = await payBySlug(personId, String(slug))
      send('invoice_closed', { slug, status })
    },
    web_app_request_write_access: async () =>
      send('write_access_requested', { status: await askWriteAccess(personId) }),
    web_app_open_popup: async ({ title, message, buttons }) => {
      const shown = Array.isArray(buttons) ? buttons.map(readPopupButton) : []
      const choice = await ask(String(title ?? ''), String(message ?? ''), shown)
      send('popup_closed', choice === null ? {} : { button_id: choice })
    },
  }
}

async function askWriteAccess(personId: number): Promise<'allowed' | 'cancelled'> {
  const choice = await ask('', words.askWrite, [
    { id: 'allowed', text: words.allow },
    { id: 'cancelled', text: words.cancel, quiet: true },
  ])
  if (choice !== 'allowed') return 'cancelled'
  await api.deed(personId, 'write-access')
  return 'allowed'
}

function readPopupButton(button: Data) {
  const usual: Record<string, string> = { ok: words.ok, close: words.close, cancel: words.cancel }
  const type = String(button.type)
  return { id: String(button.id ?? ''), text: String(button.text ?? usual[type] ?? words.ok), quiet: type === 'cancel' }
}
