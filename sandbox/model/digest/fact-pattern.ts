const MOST_WORDS = 7

/** The named groups of a match; those that took no part are undefined. */
export type Found = Record<string, string | undefined>

/** One way in which people tell something about themselves, and how it is written down; null when it was not that. */
export type FactPattern = { pattern: RegExp; say(found: Found): string | null }

/** Finds these words where a word begins; `\b` knows no Cyrillic. Case matters only where `exactCase` says so. */
export function told(words: string, say: FactPattern['say'], exactCase = false): FactPattern {
  return { pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})`, exactCase ? 'gu' : 'giu'), say }
}

export function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The words up to the first of these borders, at most seven; null when none are left. */
export function wordsBefore(text: string, border: RegExp): string | null {
  const clause = text.split(border)[0] ?? ''
  const words = clause.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  return (
    words
      .slice(0, MOST_WORDS)
      .join(' ')
      .replace(/[^\p{L}\p{N}]+$/u, '') || null
  )
}
