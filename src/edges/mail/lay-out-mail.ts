import type { Locale } from '#contract/words'

/** One paragraph: a sentence, the code, an address to open, or what concerns only some readers. */
export interface MailPart {
  as: 'sentence' | 'code' | 'link' | 'aside'
  text: string
}

export interface WrittenMail {
  subject: string
  text: string
  html: string
}

const PARAGRAPH: Record<MailPart['as'], (text: string) => string> = {
  sentence: (text) => `<p>${text}</p>`,
  code: (text) =>
    `<p style="font-family:ui-monospace,Menlo,Consolas,monospace;font-size:34px;letter-spacing:0.18em;margin:24px 0">${text}</p>`,
  link: (text) => `<p><a href="${text}">${text}</a></p>`,
  aside: (text) => `<p style="opacity:0.7;font-size:15px">${text}</p>`,
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** The same paragraphs as plain text and as HTML in the one look of our mails; everything is escaped here. */
export function layOutMail(locale: Locale, subject: string, parts: MailPart[]): WrittenMail {
  return {
    subject,
    text: `${parts.map(({ text }) => text).join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;font-family:Georgia,'Times New Roman',serif;font-size:17px;line-height:1.5">
<div style="max-width:30em;margin:0 auto">
${parts.map(({ as, text }) => PARAGRAPH[as](escapeHtml(text))).join('\n')}
</div>
</body>
</html>
`,
  }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
