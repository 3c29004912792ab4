import type { Vault } from '#platform/vault'

/** Short enough to cost nothing in a prompt, long enough that nobody writes it by chance (27 signs, 57 bits). */
const CANARY_SIGNS = 12
/** Neither vowels nor signs that look alike: no word, in no language, and nothing to mistake. */
const ALPHABET = 'bcdfghjkmnpqrstvwxz23456789'

/** The word that stands in the prompts of this installation, and in no other's; the same at every start. */
export function canaryOf(vault: Pick<Vault, 'derive'>): string {
  const bytes = vault.derive('prompt canary', CANARY_SIGNS)
  return [...bytes].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')
}
