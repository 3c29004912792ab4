import type { Vault } from '#platform/vault'

/** RFC 5321 section 4.5.3.1: 64 octets before the @, 254 in all that a path can carry. */
const ADDRESS_MAX_BYTES = 254
const LOCAL_PART_MAX_BYTES = 64

/**
 * One written form for each mailbox: trimmed, NFC, lower case. Null for what is no address that mail can be sent to;
 * control characters, spaces, quotes, commas and angle brackets never pass, so an address cannot smuggle a header or a
 * second recipient.
 */
export function normaliseAddress(input: string): string | null {
  if (input.length > 4 * ADDRESS_MAX_BYTES || !input.isWellFormed()) return null
  const address = input.trim().normalize('NFC').toLowerCase().normalize('NFC')
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const domain = address.slice(at + 1)
  if (at < 1 || Buffer.byteLength(address) > ADDRESS_MAX_BYTES) return null
  if (Buffer.byteLength(local) > LOCAL_PART_MAX_BYTES) return null
  if (!/^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(local)) return null
  if (
    !/^[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?)+$/u.test(
      domain,
    )
  ) {
    return null
  }
  return address
}

/** Stands for an address wherever it is not proven yet. */
export function addressHash(vault: Vault, address: string): Buffer {
  return vault.hmac('mail address', address)
}
