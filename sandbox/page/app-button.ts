/** The big button under a Mini App (core.telegram.org/api/web-events, web_app_setup_main_button). */
export type AppButton = {
  visible: boolean
  active: boolean
  busy: boolean
  text: string
  color?: string
  textColor?: string
}

export function readAppButton(data: Record<string, unknown>): AppButton {
  return {
    visible: data.is_visible === true,
    active: data.is_active !== false,
    busy: data.is_progress_visible === true,
    text: String(data.text ?? ''),
    ...(typeof data.color === 'string' ? { color: data.color } : {}),
    ...(typeof data.text_color === 'string' ? { textColor: data.text_color } : {}),
  }
}
