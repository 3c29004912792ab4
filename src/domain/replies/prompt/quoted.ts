/** Signs that are not seen: they could hide an instruction, or turn the line around. */
const UNSEEN = /\p{Cf}/gu
/** What ends a line without being a line's end to JSON, and what steers a terminal. */
const STEERING = /[\p{Cc}\p{Zl}\p{Zp}]/gu

/** What people wrote, as data in a prompt: one line in JSON's quotes, whatever it says. */
export function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed().replace(UNSEEN, '').replace(STEERING, ' '))
}
