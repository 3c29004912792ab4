import type { Locale } from '#contract/words'
import type { Texts } from '#platform/texts'

/** A whole page for a problem met by a navigation: plain, since the policy of our pages allows no inline style. */
export function problemPage(texts: Texts, locale: Locale, sentence: string): string {
  const title = texts.say(locale, 'problem-page-title')
  const way = texts.say(locale, 'problem-page-way')
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="/icon.svg">
<title>${escapeHtml(title)}</title>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(sentence)}</p>
<p><a href="/sign-in">${escapeHtml(way)}</a></p>
</main>
</html>
`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** For text and for attribute values in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
