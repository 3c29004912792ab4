import type { CompiledPhrases, Sequence } from './compile-phrases.ts'
import type { Finding } from './phrase.ts'
import { plainText } from './plain-text.ts'
import { splitWords, type Word } from './split-words.ts'

/** How many words around a phrase are looked at for what makes it another. */
const AROUND = 6
/** Shorter words hide no other. */
const UNSPACED_MIN_LENGTH = 6
const NEVER = -1_000_000

interface Read extends Pick<Word, 'place' | 'asked'> {
  ids: readonly number[]
}

/** What is found in a text. */
export type FindPhrases = (text: string) => Set<Finding>

/** Reads each word once; a phrase goes forward when its next word comes in time. */
export function createFindPhrases(compiled: CompiledPhrases): FindPhrases {
  const { stems, sequences, idCount } = compiled
  const { stepsOf, slots } = layOut(sequences)
  const apart = Math.max(0, ...sequences.map(({ gap }) => gap)) + 2
  /** One for all texts, as a new one for each would cost more than reading it: the next text begins out of reach. */
  const progress = startProgress(idCount, slots)
  let begin = 0
  /** Which word had an id last: words are read one after the other, and a set for each would cost more than reading it. */
  const seenIn = new Float64Array(idCount)
  let wordsRead = 0

  return (text) => {
    const found = new Set<Finding>()
    const split = splitWords(plainText(text))
    for (const { readings } of split) for (const reading of readings) lookWithin(compiled, reading, found)
    const words = split.map(read)
    for (let at = 0; at < words.length; at += 1) takeWord(words, at, found)
    begin = (words.at(-1)?.place ?? begin) + apart
    return found
  }

  /** Judged by what was before this word: it takes a phrase one step, never two. */
  function takeWord(words: readonly Read[], at: number, found: Set<Finding>): void {
    const { ids, place } = words[at] as Read
    const moves: number[] = []
    for (const id of ids) {
      for (const step of stepsOf[id] ?? NO_STEPS) {
        if (place - placeBefore(step, progress) > step.reach) continue
        const start = step.after === NOTHING ? at : startBefore(step, progress)
        if (step.slot !== NOTHING) moves.push(step.slot, start)
        else if (!found.has(step.sequence.finding) && holds(step.sequence, words, start, at))
          found.add(step.sequence.finding)
      }
    }
    remember(progress, moves, words[at] as Read, at)
  }

  function read(word: Word): Read {
    const found: number[] = []
    for (const reading of word.readings) stems.find(reading, found)
    wordsRead += 1
    let kept = 0
    for (const id of found) {
      if (seenIn[id] === wordsRead) continue
      seenIn[id] = wordsRead
      found[kept] = id
      kept += 1
    }
    found.length = kept
    return { ids: found, place: begin + word.place, asked: word.asked }
  }
}

function lookWithin({ unspaced, unspacedFindings }: CompiledPhrases, reading: string, found: Set<Finding>): void {
  if (reading.length < UNSPACED_MIN_LENGTH) return
  const ids: number[] = []
  for (let at = 0; at < reading.length; at += 1) unspaced.find(reading, ids, at)
  for (const id of ids) found.add(unspacedFindings[id] as Finding)
}

/** `moves`: a slot and the word at which its phrase began, by turns. */
function remember(progress: Progress, moves: readonly number[], { ids, place }: Read, at: number): void {
  for (let move = 0; move < moves.length; move += 2) {
    progress.slotPlaces[moves[move] as number] = place
    progress.slotStarts[moves[move] as number] = moves[move + 1] as number
  }
  for (const id of ids) {
    progress.idPlaces[id] = place
    progress.idWords[id] = at
  }
}

const NOTHING = -1
const NO_STEPS: readonly Step[] = []

/** A word that takes a phrase forward, or makes it whole. */
interface Step {
  sequence: Sequence
  /** What must stand before: the id of the first word, or the slot of a later one; `NOTHING` before a first word. */
  after: number
  isAfterFirst: boolean
  /** Places between that and this at most. */
  reach: number
  /** Where it is remembered that the phrase came this far; `NOTHING` when it is whole. */
  slot: number
}

/** Where each id stood last, and how far each longer phrase has come. */
interface Progress {
  idPlaces: Float64Array
  idWords: Int32Array
  slotPlaces: Float64Array
  slotStarts: Int32Array
}

function startProgress(ids: number, slots: number): Progress {
  return {
    idPlaces: new Float64Array(ids).fill(NEVER),
    idWords: new Int32Array(ids),
    slotPlaces: new Float64Array(slots).fill(NEVER),
    slotStarts: new Int32Array(slots),
  }
}

function placeBefore({ after, isAfterFirst }: Step, { idPlaces, slotPlaces }: Progress): number {
  if (after === NOTHING) return 0
  return (isAfterFirst ? idPlaces : slotPlaces)[after] as number
}

function startBefore({ after, isAfterFirst }: Step, { idWords, slotStarts }: Progress): number {
  return (isAfterFirst ? idWords : slotStarts)[after] as number
}

/** The steps of each id. That a phrase has begun needs no step: it is enough where its first word stood last. */
function layOut(sequences: readonly Sequence[]): { stepsOf: (Step[] | undefined)[]; slots: number } {
  const stepsOf: (Step[] | undefined)[] = []
  let slots = 0
  for (const sequence of sequences) {
    const { elements, gap } = sequence
    for (const [number, id] of elements.entries()) {
      if (number === 0 && elements.length > 1) continue
      const isLast = number === elements.length - 1
      const after = number === 0 ? NOTHING : number === 1 ? (elements[0] as number) : slots - 1
      stepsOf[id] ??= []
      stepsOf[id].push({
        sequence,
        after,
        isAfterFirst: number === 1,
        reach: number === 0 ? Number.POSITIVE_INFINITY : gap + 1,
        slot: isLast ? NOTHING : slots,
      })
      if (!isLast) slots += 1
    }
  }
  return { stepsOf: Array.from(stepsOf), slots }
}

function holds(sequence: Sequence, words: readonly Read[], start: number, end: number): boolean {
  const { without, notBeside, notAfter, notBefore, next, prior, asked, negation } = sequence
  const has = (at: number, id: number) => words[at]?.ids.includes(id) ?? false
  if (asked && !words[end]?.asked) return false
  if (notAfter.some((id) => has(start - 1, id))) return false
  if (notBefore.some((id) => has(end + 1, id))) return false
  if (prior !== null && !endsThere(words, start - 1) && !has(start - 1, prior)) return false
  if (next !== null && !endsThere(words, end) && !has(end + 1, next)) return false
  if (negation !== null && isNegated(sequence, negation, words, start, end)) return false
  const [first, last] = [clauseFrom(words, start), clauseUpTo(words, end)]
  for (let at = first; at <= last; at += 1) if (notBeside.some((id) => has(at, id))) return false
  for (let at = start - AROUND; at <= end + AROUND; at += 1) if (without.some((id) => has(at, id))) return false
  return true
}

/** The first word that is looked at around a phrase: what stands behind a comma or a full stop says another thing. */
function clauseFrom(words: readonly Read[], start: number): number {
  let at = start
  while (at > 0 && start - at < AROUND && !endsThere(words, at - 1)) at -= 1
  return at
}

function clauseUpTo(words: readonly Read[], end: number): number {
  let at = end
  while (at - end < AROUND && !endsThere(words, at)) at += 1
  return at
}

/** A negation within the phrase, or before it with nothing between but words that carry it on. */
function isNegated(
  { carrier }: Sequence,
  negation: number,
  words: readonly Read[],
  start: number,
  end: number,
): boolean {
  for (let at = start; at <= end; at += 1) if (words[at]?.ids.includes(negation)) return true
  for (let at = start - 1; at >= 0 && at >= start - AROUND; at -= 1) {
    const [word, following] = [words[at] as Read, words[at + 1] as Read]
    if (following.place - word.place > 1) return false
    if (word.ids.includes(negation)) return true
    if (!word.ids.includes(carrier)) return false
  }
  return false
}

function endsThere(words: readonly Read[], end: number): boolean {
  const [word, next] = [words[end], words[end + 1]]
  return !word || !next || next.place - word.place > 1
}
