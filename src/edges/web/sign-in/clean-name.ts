const NAME_MAX_LENGTH = 128

/** A name from outside, fit to be shown in one line: no control or direction characters, no lone surrogates. */
export function cleanName(name: string): string {
  const plain = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain.length <= NAME_MAX_LENGTH ? plain : plain.slice(0, NAME_MAX_LENGTH).toWellFormed().trim()
}
