import type { Locale } from '#contract/words'
import type { Texts } from '#platform/texts'
import { layOutMail, type WrittenMail } from './lay-out-mail.ts'
import type { Note, NoteMail } from './mail.ts'
import { plainName, plainUsername } from './plain-name.ts'

/** A warning leads nowhere: who gets one unasked should not be taught to follow links in mails. */
const LEADS_TO_SITE: Record<Note, boolean> = { link_warning: false, linked: true, undone: true }

/** What happened to a login, and what to do when its owner knows nothing of it. No stranger's word in the subject. */
export function writeNoteMail(
  texts: Texts,
  siteUrl: string,
  { locale, note, telegram }: Omit<NoteMail, 'to'>,
): WrittenMail {
  const named = { telegram: nameTelegram(texts, locale, telegram) }
  const say = (key: string) => texts.say(locale, `mail-${note.replaceAll('_', '-')}-${key}`, named)
  return layOutMail(locale, say('subject'), [
    { as: 'sentence', text: say('lead') },
    { as: 'sentence', text: say('next') },
    { as: 'sentence', text: say('stranger') },
    ...(LEADS_TO_SITE[note] ? [{ as: 'link' as const, text: siteUrl }] : []),
  ])
}

function nameTelegram(texts: Texts, locale: Locale, telegram: NoteMail['telegram']): string {
  const name = plainName(telegram.displayName)
  const username = plainUsername(telegram.username)
  if (name && username) return texts.say(locale, 'mail-telegram-full', { name, username })
  if (name) return texts.say(locale, 'mail-telegram-name', { name })
  return username ? `@${username}` : texts.say(locale, 'mail-telegram-nameless')
}
