/** Long enough to know somebody by, too short for a message. */
const NAME_MAX_CHARACTERS = 40
/** Bot API: usernames are 5-32 of these; older ones are shorter. */
const USERNAME = /^[A-Za-z0-9_]{1,32}$/
const NOT_IN_A_NAME = /[^\p{L}\p{M}\p{N}'’ -]+/gu

/**
 * A name that a stranger chose, fit for a mail of ours: letters, digits and spaces of one line. Mail programs turn
 * `evil.example` and `https://…` into links by themselves, so escaping alone would let anybody mail a link in our name.
 * Empty when nothing is left.
 */
export function plainName(name: string): string {
  const words = name.toWellFormed().replace(NOT_IN_A_NAME, ' ').replace(/\s+/g, ' ').trim()
  return [...words].slice(0, NAME_MAX_CHARACTERS).join('').trim()
}

/** A Telegram username as Telegram writes them, or null. */
export function plainUsername(username: string | null): string | null {
  return username !== null && USERNAME.test(username) ? username : null
}
