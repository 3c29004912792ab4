import { complain } from './dialog.ts'
import { theme } from './theme.ts'

export type Data = Record<string, unknown>
export type Send = (eventType: string, eventData?: Data) => void
export type Reactions = Record<string, (data: Data) => unknown>

/**
 * Speaks with the Mini App in a frame: JSON texts `{eventType, eventData}` both ways (core.telegram.org/api/web-events).
 * What it cannot react to it passes over, as Telegram's own apps do.
 */
export function createBridge(frame: HTMLIFrameElement, reactionsOf: (send: Send) => Reactions) {
  const send: Send = (eventType, eventData) =>
    frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), new URL(frame.src).origin)
  const sendTheme = () => send('theme_changed', { theme_params: theme.params() })
  const sendViewport = () => {
    const { clientWidth: width, clientHeight: height } = frame
    send('viewport_changed', { width, height, is_expanded: true, is_state_stable: true })
  }
  const reactions: Reactions = {
    web_app_request_theme: sendTheme,
    web_app_request_viewport: sendViewport,
    web_app_expand: sendViewport,
    ...reactionsOf(send),
  }

  async function receive(event: MessageEvent) {
    if (event.source !== frame.contentWindow || typeof event.data !== 'string') return
    const message = readMessage(event.data)
    if (message) await reactions[message.eventType]?.(message.eventData)
  }

  const listener = (event: MessageEvent) => void receive(event).catch(complain)
  window.addEventListener('message', listener)
  window.addEventListener('resize', sendViewport)
  const stopTheme = theme.onChange(sendTheme)

  function end() {
    window.removeEventListener('message', listener)
    window.removeEventListener('resize', sendViewport)
    stopTheme()
  }
  return { send, end }
}

function readMessage(text: string): { eventType: string; eventData: Data } | null {
  try {
    const { eventType, eventData } = JSON.parse(text)
    return typeof eventType === 'string' ? { eventType, eventData: eventData ?? {} } : null
  } catch {
    return null
  }
}
