import PostalMime, { type Address } from 'postal-mime'

/** One mail as it arrived. */
export type Mail = {
  id: number
  receivedAt: string
  /** The envelope's word: who gets it, whatever the headers say. */
  to: string[]
  from: { name: string; address: string }
  subject: string
  text: string
  html: string | null
  /** Lower-case names; of a repeated header the last one. */
  headers: Record<string, string>
}

/** Reads a raw mail (RFC 5322). */
export async function parseMail(id: number, raw: Buffer, to: string[]): Promise<Mail> {
  const email = await PostalMime.parse(raw)
  return {
    id,
    receivedAt: new Date().toISOString(),
    to,
    from: readSender(email.from),
    subject: email.subject ?? '',
    text: (email.text ?? '').trimEnd(),
    html: email.html ?? null,
    headers: Object.fromEntries(email.headers.map(({ key, value }) => [key, value])),
  }
}

function readSender(from: Address | undefined): Mail['from'] {
  return { name: from?.name ?? '', address: from?.address ?? '' }
}
