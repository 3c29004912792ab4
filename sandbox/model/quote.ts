const MOST_WORDS = 7
const MOST_CHARACTERS = 60

/**
 * The part of a message worth repeating: its longest clause, cut to a few words. Quoting keeps the
 * person's own grammar, which no rule of ours could bend correctly in Russian. Null when there are no words.
 */
export function quote(text: string): string | null {
  const clean = text.replace(/https?:\/\/\S+/g, ' ').replace(/[*_`~<>[\]{}«»"“”#|\\]/g, ' ')
  const clauses = clean
    .split(/[.,!?;:…\n\r()]+|\s[-–—]\s/u)
    .map((clause) => clause.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)))
    .filter((words) => words.some((word) => /\p{L}/u.test(word)))
  const longest = clauses.reduce<string[]>((best, words) => (words.length > best.length ? words : best), [])
  if (longest.length === 0) return null
  const short = longest.slice(0, MOST_WORDS).join(' ')
  const points = [...short]
  const cut = points.length > MOST_CHARACTERS
  return cut || longest.length > MOST_WORDS ? `${points.slice(0, MOST_CHARACTERS).join('').trim()}…` : short
}

/** Whether a message says enough to come back to later. */
export function isWorthRecalling(text: string): boolean {
  return (text.match(/\p{L}{2,}/gu)?.length ?? 0) >= 3
}

/** The name somebody gave for themselves, if any message tells one. */
export function findName(messages: readonly string[]): string | null {
  for (const text of messages.toReversed()) {
    const name = /(?:меня зовут|зови меня|my name is)\s+(\p{L}[\p{L}-]{1,19})(?![\p{L}-])/iu.exec(text)?.[1]
    if (name) return name.charAt(0).toUpperCase() + name.slice(1)
  }
  return null
}
