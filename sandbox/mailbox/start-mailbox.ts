import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Hono } from 'hono'
import { SMTPServer } from 'smtp-server'
import { createMailFaults, type MailControl, type MailControlPatch, type MailFaults } from './control.ts'
import { parseMail } from './mail.ts'
import { createMailBox, type MailBox } from './mail-box.ts'
import { mailboxRoutes } from './mailbox-routes.ts'

const MAIL_MAX_BYTES = 1_048_576
const CLOSE_TIMEOUT_MS = 200

export type Mailbox = Omit<MailBox, 'add' | 'onChange'> & {
  /** For `SMTP_URL`: plain SMTP without a password, loopback only. */
  smtpUrl: string
  /** The page and its API, to mount anywhere. */
  routes: Hono
  /** Turns faults on; without a patch tells the present ones. */
  control(patch?: MailControlPatch): MailControl
  stop(): Promise<void>
}

/** Starts a mail server that delivers to nobody and shows everything. Port 0 takes any free one. */
export async function startMailbox({ host = '127.0.0.1', port = 0 } = {}): Promise<Mailbox> {
  const box = createMailBox()
  const faults = createMailFaults()
  const life = new AbortController()
  const smtp = createSmtpServer(box, faults, life.signal)
  smtp.on('error', () => undefined)
  const listener = smtp.listen(port, host)
  await once(listener, 'listening')
  const address = listener.address() as AddressInfo
  return {
    mails: box.mails,
    onMail: box.onMail,
    waitForMail: box.waitForMail,
    clear: box.clear,
    control: faults.change,
    smtpUrl: `smtp://${host}:${address.port}`,
    routes: mailboxRoutes({ box, faults, closing: life.signal }),
    stop: () => {
      life.abort()
      return new Promise((resolve) => smtp.close(() => resolve()))
    },
  }
}

function createSmtpServer(box: MailBox, faults: MailFaults, closing: AbortSignal): SMTPServer {
  let count = 0
  return new SMTPServer({
    name: 'mailbox.sandbox',
    size: MAIL_MAX_BYTES,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onConnect: (_session, done) => done(faults.refusal('connection')),
    onRcptTo: (_address, _session, done) => done(faults.refusal('recipient')),
    onData: async (stream, session, done) => {
      const raw = await buffer(stream).catch(() => null)
      await faults.lateness(closing)
      const refusal = faults.refusal('data')
      if (refusal || !raw) return done(refusal ?? new Error('The mail broke off'))
      if (stream.sizeExceeded) return done(Object.assign(new Error('Too large'), { responseCode: 552 }))
      count += 1
      const to = session.envelope.rcptTo.map(({ address }) => address)
      await parseMail(count, raw, to).then(
        (mail) => {
          box.add(mail)
          done(null, `Kept as ${mail.id}`)
        },
        () => done(Object.assign(new Error('Not a mail'), { responseCode: 554 })),
      )
    },
  })
}
