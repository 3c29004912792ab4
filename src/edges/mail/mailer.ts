import { EMAIL_CODE_LENGTH } from '#contract/limits'
import type { Texts } from '#platform/texts'
import type { Mail } from './mail.ts'
import { writeCodeMail } from './write-code-mail.ts'
import { writeNoteMail } from './write-note-mail.ts'

const CONNECT_TIMEOUT_MS = 5_000
const GREETING_TIMEOUT_MS = 5_000
const SILENCE_TIMEOUT_MS = 15_000
const CONNECTIONS_MAX = 3
const CODE = new RegExp(`^\\d{${EMAIL_CODE_LENGTH}}$`)
/** One mailbox and nothing that a header or an address list could take for something else. */
const ADDRESS = /^[^\s\p{Cc}\p{Cf}<>()[\],;:"\\@]+@[^\s\p{Cc}\p{Cf}<>()[\],;:"\\@]+$/u

export interface Mailer {
  /** Resolves when the mail server has taken the mail. @throws the server's refusal or a time limit */
  send(mail: Mail): Promise<void>
  close(): void
}

export interface MailerOptions {
  /** `smtp://` or `smtps://`, with credentials and options as nodemailer reads them. */
  smtpUrl: string
  /** `Vitte <hello@example.org>` or a bare address. */
  from: string
  /** Where mails lead that lead somewhere. */
  siteUrl: string
  texts: Texts
}

/** Something that is no address or no code was to be written into a mail. */
export class MailRefusedError extends Error {
  override name = 'MailRefusedError'
}

export function createMailer({ smtpUrl, from, siteUrl, texts }: MailerOptions): Mailer {
  let opened: ReturnType<typeof openTransport> | undefined
  const transport = () => {
    opened ??= openTransport(smtpUrl)
    return opened
  }
  return {
    async send(mail) {
      if (!ADDRESS.test(mail.to)) throw new MailRefusedError('this is no address')
      if ('code' in mail && !CODE.test(mail.code)) throw new MailRefusedError('this is no code')
      await (await transport()).sendMail({
        from,
        // An object is taken as it is; a string would be parsed as a list of addresses.
        to: { name: '', address: mail.to },
        ...('code' in mail ? writeCodeMail(texts, mail) : writeNoteMail(texts, siteUrl, mail)),
        // Asks out-of-office robots for silence (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    close: () => void opened?.then((open) => open.close()),
  }
}

/** Loaded with the first mail: it is a tenth of all the memory of a program that waits, and most processes send none. */
async function openTransport(smtpUrl: string) {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}
