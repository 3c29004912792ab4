import { randomBytes } from 'node:crypto'

const TOKEN_MIN_BYTES = 16

/**
 * A secret that cannot be guessed, as base64url without padding.
 * @throws RangeError when fewer than 16 bytes are asked for: that would be guessable.
 */
export function randomToken(bytes = 32): string {
  if (!Number.isInteger(bytes) || bytes < TOKEN_MIN_BYTES) {
    throw new RangeError(`a token needs at least ${TOKEN_MIN_BYTES} bytes`)
  }
  return randomBytes(bytes).toString('base64url')
}
