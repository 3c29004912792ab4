/** Russian text takes about a token for every 2.5 characters with the usual tokenizers; this errs on the safe side. */
const CHARACTERS_PER_TOKEN = 2.2

/** About how many tokens a text takes. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

/** How long a text of so many tokens may be, in UTF-16 units. */
export function lengthWithin(tokens: number): number {
  return tokens * CHARACTERS_PER_TOKEN
}
