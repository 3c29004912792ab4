import { createTransport } from 'nodemailer'
import { EMAIL_CODE_LENGTH } from '#contract/limits'
import type { Locale } from '#contract/words'
import type { Texts } from '#platform/texts'
import { writeCodeMail } from './write-code-mail.ts'

const CONNECT_TIMEOUT_MS = 5_000
const GREETING_TIMEOUT_MS = 5_000
const SILENCE_TIMEOUT_MS = 15_000
const CONNECTIONS_MAX = 3
const CODE = new RegExp(`^\\d{${EMAIL_CODE_LENGTH}}$`)
/** One mailbox and nothing that a header or an address list could take for something else. */
const ADDRESS = /^[^\s\p{Cc}\p{Cf}<>()[\],;:"\\@]+@[^\s\p{Cc}\p{Cf}<>()[\],;:"\\@]+$/u

export interface CodeMail {
  /** A normalised address. */
  to: string
  /** Six digits. */
  code: string
  locale: Locale
}

export interface Mailer {
  /** Resolves when the mail server has taken the mail. @throws the server's refusal or a time limit */
  sendCode(mail: CodeMail): Promise<void>
  close(): void
}

export interface MailerOptions {
  /** `smtp://` or `smtps://`, with credentials and options as nodemailer reads them. */
  smtpUrl: string
  /** `Vitte <hello@example.org>` or a bare address. */
  from: string
  texts: Texts
}

/** Something that is no address or no code was to be written into a mail. */
export class MailRefusedError extends Error {
  override name = 'MailRefusedError'
}

export function createMailer({ smtpUrl, from, texts }: MailerOptions): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async sendCode({ to, code, locale }) {
      if (!ADDRESS.test(to)) throw new MailRefusedError('this is no address')
      if (!CODE.test(code)) throw new MailRefusedError('this is no code')
      await transport.sendMail({
        from,
        // An object is taken as it is; a string would be parsed as a list of addresses.
        to: { name: '', address: to },
        ...writeCodeMail(texts, locale, code),
        // Asks out-of-office robots for silence (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    close: () => transport.close(),
  }
}
