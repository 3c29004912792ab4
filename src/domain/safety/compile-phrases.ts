import { type Finding, FOUND, type Phrase, type PhrasesFile } from './phrase.ts'
import { foldWord, plainText } from './plain-text.ts'
import { createStemTable, type StemTable } from './stem-table.ts'

const GAP = 3
const ANY_ORDER_MAX = 4

/** Elements that follow one another in a text; each is the id of words that may stand there. */
export interface Sequence {
  finding: Finding
  elements: readonly number[]
  gap: number
  without: readonly number[]
  /** As `without`, but only in the clause of the phrase. */
  notBeside: readonly number[]
  notAfter: readonly number[]
  notBefore: readonly number[]
  next: number | null
  prior: number | null
  asked: boolean
  /** The id of negations, which undo the phrase; null when the phrase itself is one. */
  negation: number | null
  /** The id of words over which a negation reaches what follows. */
  carrier: number
}

export interface CompiledPhrases {
  stems: StemTable
  sequences: readonly Sequence[]
  /** Ids are smaller than this. */
  idCount: number
  /** Beginnings of words that are looked for anywhere within a word, too. */
  unspaced: StemTable
  unspacedFindings: readonly Finding[]
}

/** What is wrong in a file, and where in it. */
export class PhraseError extends Error {
  override name = 'PhraseError'
  readonly path: readonly PropertyKey[]

  constructor(path: readonly PropertyKey[], reason: string) {
    super(reason)
    this.path = path
  }
}

/** All files as one table. @throws PhraseError with the path of what is wrong */
export function compilePhrases(files: readonly PhrasesFile[]): CompiledPhrases {
  const stems = createStemTable()
  const unspaced = createStemTable()
  const sequences: Sequence[] = []
  let lastId = 0
  for (const [finding, name] of FOUND.entries()) addUnspaced(finding, name)
  for (const file of files) addFile(file)
  return { stems, sequences, idCount: lastId + 1, unspaced, unspacedFindings: FOUND }

  function addUnspaced(id: number, finding: Finding): void {
    for (const { unspaced: byFinding } of files) {
      for (const one of byFinding[finding] ?? []) unspaced.add(`${one}*`, id)
    }
  }

  function addFile(file: PhrasesFile): void {
    const ids = new Map<string, number>()
    const wordsIn = createReader(file)
    const negating = new Set(wordsOf(file.negations).map(plain))
    const idOf = (source: string, path: readonly PropertyKey[]): number => {
      const known = ids.get(source)
      if (known !== undefined) return known
      lastId += 1
      ids.set(source, lastId)
      for (const stem of wordsIn(source, path)) stems.add(stem, lastId)
      return lastId
    }
    const negation = idOf(file.negations.trim().replaceAll(/\s+/g, '|'), ['negations'])
    const carrier = idOf(file.carriers.trim().replaceAll(/\s+/g, '|'), ['carriers'])
    for (const finding of FOUND) {
      for (const [index, phrase] of (file.phrases[finding] ?? []).entries()) {
        const path = ['phrases', finding, index]
        const said = wordsOf(textOf(phrase)).flatMap((source) => wordsIn(source, path))
        const negates = said.some((stem) => negating.has(plain(stem)))
        const common = { finding, carrier, negation: negates ? null : negation }
        sequences.push(...sequencesOf(phrase, path, idOf).map((sequence) => ({ ...sequence, ...common })))
      }
    }
  }
}

/** One for each order in which the words may come. */
function sequencesOf(
  phrase: Phrase,
  path: readonly PropertyKey[],
  idOf: (source: string, path: readonly PropertyKey[]) => number,
): Omit<Sequence, 'finding' | 'carrier' | 'negation'>[] {
  const {
    gap = GAP,
    without = [],
    notBeside = [],
    notAfter = [],
    notBefore = [],
    next,
    prior,
    asked = false,
  } = typeof phrase === 'string' ? {} : phrase
  const elements = wordsOf(textOf(phrase)).map((source) => idOf(source, path))
  if (isAnyOrder(phrase) && elements.length > ANY_ORDER_MAX)
    throw new PhraseError(path, `more than ${ANY_ORDER_MAX} words in any order`)
  const idsOf = (names: readonly string[]) => names.map((name) => idOf(`<${name}>`, path))
  const [nextId = null] = idsOf(next === undefined ? [] : [next])
  const [priorId = null] = idsOf(prior === undefined ? [] : [prior])
  return (isAnyOrder(phrase) ? ordersOf(elements) : [elements]).map((order) => ({
    elements: order,
    gap,
    without: idsOf(without),
    notBeside: idsOf(notBeside),
    notAfter: idsOf(notAfter),
    notBefore: idsOf(notBefore),
    next: nextId,
    prior: priorId,
    asked,
  }))
}

/** Reads `хочу|<want>` as every stem that may stand there. */
function createReader(file: PhrasesFile): (source: string, path: readonly PropertyKey[]) => readonly string[] {
  const sets = new Map<string, readonly string[]>()
  return (source, path) => read(source, path, [])

  function read(source: string, path: readonly PropertyKey[], within: readonly string[]): string[] {
    return source.split('|').flatMap((one) => {
      const name = /^<(\w+)>$/.exec(one)?.[1]
      if (name !== undefined) return wordsOfSet(name, path, within)
      if (!/^~?[\p{L}\p{N}%]+\*?$/u.test(one))
        throw new PhraseError(path, `"${one}" is no word, beginning of words or <set>`)
      return [one]
    })
  }

  function wordsOfSet(name: string, path: readonly PropertyKey[], within: readonly string[]): readonly string[] {
    const known = sets.get(name)
    if (known !== undefined) return known
    const set = file.sets[name]
    if (set === undefined) throw new PhraseError(path, `there is no set <${name}>`)
    if (within.includes(name)) throw new PhraseError(path, `the set <${name}> contains itself`)
    const words = wordsOf(set).flatMap((word) => read(word, ['sets', name], [...within, name]))
    sets.set(name, words)
    return words
  }
}

function textOf(phrase: Phrase): string {
  if (typeof phrase === 'string') return phrase
  return 'any' in phrase ? phrase.any : phrase.say
}

function isAnyOrder(phrase: Phrase): boolean {
  return typeof phrase !== 'string' && 'any' in phrase
}

function wordsOf(source: string): string[] {
  return source.trim().split(/\s+/)
}

function plain(stem: string): string {
  return foldWord(plainText(stem.replace(/^~/, '')))
}

function ordersOf(elements: readonly number[]): number[][] {
  if (elements.length <= 1) return [[...elements]]
  return elements.flatMap((first, at) => ordersOf(elements.toSpliced(at, 1)).map((rest) => [first, ...rest]))
}
