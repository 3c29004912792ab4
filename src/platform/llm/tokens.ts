/** Russian text takes about a token for every 2.5 characters with the usual tokenizers; this errs on the safe side. */
const CHARACTERS_PER_TOKEN = 2.2
/** The last letter of the alphabets that this holds for, Latin, Greek and Cyrillic. */
const LAST_COMMON_LETTER = 0x52f

/** About how many tokens a text takes. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

/** How many tokens a text takes at most, as good as surely: emoji and other scripts count one for each UTF-16 unit. */
export function tokensAtMost(text: string): number {
  let others = 0
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > LAST_COMMON_LETTER) others += 1
  return Math.ceil((text.length - others) / CHARACTERS_PER_TOKEN) + others
}

/** How long a text of so many tokens may be, in UTF-16 units. */
export function lengthWithin(tokens: number): number {
  return tokens * CHARACTERS_PER_TOKEN
}
