import type { Locale } from '#contract/words'
import type { Texts } from '#platform/texts'

export interface WrittenMail {
  subject: string
  text: string
  html: string
}

/** The sign-in code, in the subject too: a glance at a locked phone is enough. */
export function writeCodeMail(texts: Texts, locale: Locale, code: string): WrittenMail {
  const say = (key: string) => texts.say(locale, key, { code })
  const subject = say('mail-code-subject')
  const lead = say('mail-code-lead')
  const lifetime = say('mail-code-lifetime')
  const stranger = say('mail-code-stranger')
  return {
    subject,
    text: `${lead}\n\n${code}\n\n${lifetime}\n\n${stranger}\n`,
    html: `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${subject}</title></head>
<body style="margin:0;padding:24px;font-family:Georgia,'Times New Roman',serif;font-size:17px;line-height:1.5">
<div style="max-width:30em;margin:0 auto">
<p>${lead}</p>
<p style="font-family:ui-monospace,Menlo,Consolas,monospace;font-size:34px;letter-spacing:0.18em;margin:24px 0">${code}</p>
<p>${lifetime}</p>
<p style="opacity:0.7;font-size:15px">${stranger}</p>
</div>
</body>
</html>
`,
  }
}
