import type { Locale } from '#contract/words'

/** The code of a sign-in. */
export interface CodeMail {
  /** A normalised address. */
  to: string
  /** Six digits. */
  code: string
  locale: Locale
}

/** `link_warning`: a code was asked for that would join this address's user with a Telegram. */
export type Note = 'link_warning' | 'linked' | 'undone'

/** What happens to the login by this address, in a few sentences. */
export interface NoteMail {
  /** A normalised address. */
  to: string
  note: Note
  /** As its owner wrote it: a stranger's words until `plainName` has read them. */
  telegram: { displayName: string; username: string | null }
  locale: Locale
}

export type Mail = CodeMail | NoteMail
