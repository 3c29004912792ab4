/** Together with a hundred others it stays below what Telegram takes as markup of one message (about 9,500 bytes). */
const URL_MAX_LENGTH = 1024
/** Telegram refuses a whole message for a link without a dot in its host. */
const PUBLIC_HOST = /[^.]\.[^.]/

/** The address of a link that a reader may follow: http or https, a public name, nobody's name and password; else null. */
export function safeUrl(address: string): string | null {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null
  const { href, username, password, hostname } = new URL(address)
  if (username !== '' || password !== '' || !PUBLIC_HOST.test(hostname)) return null
  return href.length <= URL_MAX_LENGTH ? href : null
}
