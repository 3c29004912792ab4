import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { Locale } from '#contract/words'
import type { Texts } from '#platform/texts'
import type { WidgetSource } from './sign-in-deps.ts'

/** Inside a style element, which the policy names by its hash: the page is one answer and nothing else runs in it. */
const STYLE = `
:root { color-scheme: light dark; --ground: light-dark(#fbf7f2, #17121a); --raised: light-dark(#fffdfa, #211a26);
  --line: light-dark(#e5d9cf, #382c3d); --ink: light-dark(#231a22, #f3ecef); --muted: light-dark(#6d5f66, #ab9ba5);
  --accent: light-dark(#c23a54, #ff7a8a); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 20px; color: var(--ink);
  background: var(--ground); font: 16px / 24px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { width: 100%; max-width: 400px; padding: 32px 24px; text-align: center; background: var(--raised);
  border: 1px solid var(--line); border-radius: 22px; }
h1 { margin: 0 0 8px; font: 500 30px / 36px "Cormorant", "Iowan Old Style", "Palatino Linotype", Georgia, serif; }
p { margin: 0; }
.button { display: grid; place-items: center; min-height: 56px; margin: 20px 0; }
iframe { max-width: 100%; color-scheme: light; }
.way { color: var(--muted); font-size: 14px; line-height: 20px; }
a { color: var(--accent); }
`
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

export interface WidgetPage {
  texts: Texts
  locale: Locale
  botUsername: string
  source: WidgetSource
  /** Where the signed fields are to be taken. */
  authUrl: string
}

/**
 * The page that carries Telegram's Login Widget in redirect mode (core.telegram.org/widgets/login): it has no script of
 * its own, and none of its texts come from outside.
 */
export function widgetPage({ texts, locale, botUsername, source, authUrl }: WidgetPage) {
  const say = (key: string) => texts.say(locale, key)
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${say('widget-page-title')}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>${say('widget-page-title')}</h1>
<p>${say('widget-page-lead')}</p>
<div class="button"><script async src="${source.scriptUrl}" data-telegram-login="${botUsername}" data-size="large" data-userpic="false" data-lang="${locale}" data-auth-url="${authUrl}"></script></div>
<p class="way">${say('widget-page-hint')} <a href="/sign-in">${say('widget-page-way')}</a></p>
</main>
</body>
</html>
`
}

/**
 * What this page may load, where every other page of ours may load nothing from outside. Telegram looks at where its
 * frame is shown, so the browser tells it our origin, but never the path.
 */
export function widgetPageHeaders({ scriptUrl, frameOrigin }: WidgetSource): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src ${new URL(scriptUrl).origin}`,
    `frame-src ${frameOrigin}`,
    `style-src 'sha256-${STYLE_HASH}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return { 'Content-Security-Policy': policy.join('; '), 'Referrer-Policy': 'strict-origin' }
}
