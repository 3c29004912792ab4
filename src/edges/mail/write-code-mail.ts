import type { Texts } from '#platform/texts'
import { layOutMail, type WrittenMail } from './lay-out-mail.ts'
import type { CodeMail } from './mail.ts'

/** The sign-in code, in the subject too: a glance at a locked phone is enough. */
export function writeCodeMail(texts: Texts, { locale, code }: CodeMail): WrittenMail {
  const say = (key: string) => texts.say(locale, `mail-code-${key}`, { code })
  return layOutMail(locale, say('subject'), [
    { as: 'sentence', text: say('lead') },
    { as: 'code', text: code },
    { as: 'sentence', text: say('lifetime') },
    { as: 'aside', text: say('stranger') },
  ])
}
