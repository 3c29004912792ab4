import type { Mail } from './mail.ts'

const MAILS_KEPT = 200

/** The mails kept, oldest first, and those who want to know of new ones. */
export type MailBox = {
  mails(to?: string): Mail[]
  add(mail: Mail): void
  clear(): void
  /** Told of every mail that arrives; returns how to stop. */
  onMail(listener: (mail: Mail) => void): () => void
  /** Told of every change, clearing included. */
  onChange(listener: () => void): () => void
  /** The first mail, already here or still to come, that fits; rejects after `timeoutMs`. */
  waitForMail(fits: (mail: Mail) => boolean, timeoutMs: number): Promise<Mail>
}

/** A box that keeps the last 200 mails in memory. */
export function createMailBox(): MailBox {
  let kept: Mail[] = []
  const arrivals = new Set<(mail: Mail) => void>()
  const changes = new Set<() => void>()
  const subscribe = <Listener>(listeners: Set<Listener>, listener: Listener) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const box: MailBox = {
    mails: (to) => kept.filter((mail) => to === undefined || isFor(mail, to)),
    add(mail) {
      kept = [...kept, mail].slice(-MAILS_KEPT)
      for (const tell of [...arrivals]) tell(mail)
      for (const tell of [...changes]) tell()
    },
    clear() {
      kept = []
      for (const tell of [...changes]) tell()
    },
    onMail: (listener) => subscribe(arrivals, listener),
    onChange: (listener) => subscribe(changes, listener),
    waitForMail: (fits, timeoutMs) => waitForMail(box, fits, timeoutMs),
  }
  return box
}

/** The domain of an address has no letter case, and of the local part nobody makes use. */
function isFor(mail: Mail, to: string): boolean {
  return mail.to.some((address) => address.toLowerCase() === to.toLowerCase())
}

function waitForMail(box: MailBox, fits: (mail: Mail) => boolean, timeoutMs: number): Promise<Mail> {
  const here = box.mails().find(fits)
  if (here) return Promise.resolve(here)
  return new Promise((resolve, reject) => {
    const stop = box.onMail((mail) => {
      if (!fits(mail)) return
      clearTimeout(timer)
      stop()
      resolve(mail)
    })
    const timer = setTimeout(() => {
      stop()
      reject(new Error(`No such mail within ${timeoutMs} ms`))
    }, timeoutMs)
  })
}
