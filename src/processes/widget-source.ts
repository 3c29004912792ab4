import type { WidgetSource } from '#edges/web'
import type { Config } from './config.ts'
import type { Surroundings } from './surroundings.ts'

/** core.telegram.org/widgets/login; the frame with the button is shown by its issuer. */
const TELEGRAM_WIDGET: WidgetSource = {
  scriptUrl: 'https://telegram.org/js/telegram-widget.js?22',
  frameOrigin: 'https://oauth.telegram.org',
}
const SANDBOX_SCRIPT_PATH = '/js/telegram-widget.js'

/** What it depends on who plays Telegram. */
export interface WidgetSurroundings extends Pick<Surroundings, 'publicUrl' | 'oidc'> {
  sandbox: { plays: { telegram: boolean }; oidc: { issuer: string } } | null
}

/**
 * Where the Login Widget comes from: whoever plays Telegram's issuer plays its widget too. Null where it cannot work:
 * Telegram's own needs https, and a bot that has been switched to OpenID Connect no longer has it.
 */
export function widgetSource(
  config: Pick<Config, 'TELEGRAM_OIDC_ISSUER'>,
  { sandbox, oidc, publicUrl }: WidgetSurroundings,
): WidgetSource | null {
  const issuer = sandbox?.plays.telegram ? sandbox.oidc.issuer : config.TELEGRAM_OIDC_ISSUER
  const { origin } = new URL(issuer)
  if (origin !== TELEGRAM_WIDGET.frameOrigin) {
    return { scriptUrl: `${origin}${SANDBOX_SCRIPT_PATH}`, frameOrigin: origin }
  }
  return publicUrl.startsWith('https:') && !oidc ? TELEGRAM_WIDGET : null
}
