import { ANY_LETTER } from './look-alikes.ts'
import { foldWord, plainText } from './plain-text.ts'

/** A stem that may be hurt has at least so many letters; shorter ones would be taken for other words. */
const HURT_MIN_LENGTH = 6
/** In longer words than any that is written no letter is guessed. */
const GUESSED_MAX_LENGTH = 40
const ROOT = 0
/** Edges lie in one map under `node * SIGNS + sign`: a map for each node would take ten times the room. */
const SIGNS = 128
const ALPHABET = `${ANY_LETTER}0123456789abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя%€₽£°№`
const ANY = 1
const LETTERS_FROM = 12
/** By code: the place in the alphabet from 1 on; 0 is a sign that stands in no stem. */
const signOf = Uint8Array.from({ length: 65_536 }, () => 0)
for (let at = 0; at < ALPHABET.length; at += 1) signOf[ALPHABET.charCodeAt(at)] = at + 1

/** Which ids the words of a text have: one walk along the letters of each, whatever the number of stems. */
export interface StemTable {
  /**
   * `stem` is a word, or the beginning of words when it ends with `*`; with `~` before it one letter may be missing,
   * wrong or swapped with the next, but not the first and the last.
   */
  add(stem: string, id: number): void
  /** Puts the ids of the word, read from its letter `from` on, behind those in `found`; some may come twice. */
  find(word: string, found: number[], from?: number): void
}

export function createStemTable(): StemTable {
  const tree: Tree = { edges: new Map(), forks: new Set(), whole: [[]], begun: [[]] }
  /** A stem of a set comes back under each id of which the set is part. */
  const known = new Map<string, readonly number[][]>()
  return {
    add(stem, id) {
      const places = known.get(stem) ?? placesOf(tree, stem)
      known.set(stem, places)
      for (const ids of places) if (!ids.includes(id)) ids.push(id)
    },
    find(word, found, from = 0) {
      let node = ROOT
      for (let at = from; at < word.length; at += 1) {
        const sign = signOf[word.charCodeAt(at)] as number
        if (sign === ANY || tree.forks.has(node)) return findWide(tree, word, found, at, node)
        const next = tree.edges.get(node * SIGNS + sign)
        if (next === undefined) return
        node = next
        take(tree, node, at === word.length - 1, found)
      }
    },
  }
}

interface Tree {
  edges: Map<number, number>
  /** Nodes from which any letter leads on. */
  forks: Set<number>
  /** By node: the ids of words that end there, and of those that go on in any way. */
  whole: number[][]
  begun: number[][]
}

/** Where the ids of a stem stand: one place, or one for each way to hurt it. */
function placesOf(tree: Tree, stem: string): readonly number[][] {
  const isBeginning = stem.endsWith('*')
  const folded = foldWord(plainText(stem.replace(/^~/, '').replace(/\*$/, '')), !isBeginning)
  const paths = stem.startsWith('~') && folded.length >= HURT_MIN_LENGTH ? [folded, ...hurt(folded)] : [folded]
  return [...new Set(paths)].map((path) => (isBeginning ? tree.begun : tree.whole)[nodeOf(tree, path)] as number[])
}

function nodeOf({ edges, forks, whole, begun }: Tree, path: string): number {
  let node = ROOT
  for (let at = 0; at < path.length; at += 1) {
    const edge = node * SIGNS + (signOf[path.charCodeAt(at)] as number)
    const known = edges.get(edge)
    node = known ?? whole.length
    if (known !== undefined) continue
    edges.set(edge, node)
    if (edge % SIGNS === ANY) forks.add((edge - ANY) / SIGNS)
    whole.push([])
    begun.push([])
  }
  return node
}

/** The rest of a word under a sign, or of one that may be a hurt stem: several ways at once. */
function findWide(tree: Tree, word: string, found: number[], from: number, node: number): void {
  let nodes: number[] = [node]
  let spare = 1
  for (let at = from; at < word.length && nodes.length > 0; at += 1) {
    const sign = signOf[word.charCodeAt(at)] as number
    // One letter under a sign is guessed; more would make the walk wide.
    if (sign === 0 || (sign === ANY && (word.length > GUESSED_MAX_LENGTH || spare-- === 0))) return
    const next: number[] = []
    for (let one = 0; one < nodes.length; one += 1) step(tree, nodes[one] as number, sign, next)
    for (let one = 0; one < next.length; one += 1) take(tree, next[one] as number, at === word.length - 1, found)
    nodes = next
  }
}

function step({ edges }: Tree, node: number, sign: number, next: number[]): void {
  const exact = edges.get(node * SIGNS + sign)
  if (exact !== undefined) next.push(exact)
  const any = sign === ANY ? undefined : edges.get(node * SIGNS + ANY)
  if (any !== undefined) next.push(any)
  if (sign !== ANY) return
  for (let letter = LETTERS_FROM; letter <= ALPHABET.length; letter += 1) {
    const child = edges.get(node * SIGNS + letter)
    if (child !== undefined) next.push(child)
  }
}

function take({ whole, begun }: Tree, node: number, isEnd: boolean, found: number[]): void {
  for (const id of begun[node] as number[]) found.push(id)
  if (isEnd) for (const id of whole[node] as number[]) found.push(id)
}

/** The stem with one letter missing, wrong, or swapped with the next; the first and the last hold it together. */
function hurt(stem: string): string[] {
  const paths: string[] = []
  for (let at = 1; at < stem.length - 1; at += 1) {
    const [before, after] = [stem.slice(0, at), stem.slice(at + 1)]
    paths.push(foldWord(before + after, false), before + ANY_LETTER + after)
    paths.push(foldWord(before + after[0] + stem[at] + after.slice(1), false))
  }
  return paths
}
