/** The same words, those that need the fewest letters changed to become `word` first; letter case and underscores do not count. */
export function closestFirst(word: string, words: readonly string[]): string[] {
  const wanted = bare(word)
  return words
    .map((candidate) => ({ candidate, distance: distanceBetween(wanted, bare(candidate)) }))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .map(({ candidate }) => candidate)
}

function bare(word: string): string {
  return word.toLowerCase().replaceAll('_', '')
}

/** Levenshtein's distance: letters added, taken away or replaced. */
function distanceBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [above, letter] of [...from].entries()) {
    const next = [above + 1]
    for (const [at, other] of [...to].entries()) {
      const replaced = (row[at] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
