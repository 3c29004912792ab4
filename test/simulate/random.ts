/** A stream of chance that the same seed repeats exactly. */
export interface Random {
  /** 0 to `below` - 1. */
  int(below: number): number
  /** True this often, 0 to 1. */
  chance(share: number): boolean
  /** @throws RangeError for an empty list */
  pick<T>(list: readonly T[]): T
  shuffle<T>(list: readonly T[]): T[]
  /** A stream of its own, told by seed and label alone: whoever draws from it moves nobody else's. */
  fork(label: number): Random
}

const SEEDS = 2 ** 32

/** Mulberry32: 32 bits of state, good enough to choose cases and of no use for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / SEEDS
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    int,
    chance: (share) => next() < share,
    pick(list) {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[int(list.length)] as (typeof list)[number]
    },
    shuffle(list) {
      const rest = [...list]
      return list.map(() => rest.splice(int(rest.length), 1)[0] as (typeof list)[number])
    },
    fork: (label) => createRandom(scatter(seed ^ scatter(label + 1))),
  }
}

/** The finishing step of MurmurHash3: neighbouring labels become streams that have nothing in common. */
function scatter(value: number): number {
  let mixed = value >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
