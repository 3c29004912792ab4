import { createHash } from 'node:crypto'

/** A small deterministic source of choices: the same seed always makes the same answer. */
export type Dice = { pick<T>(items: readonly T[]): T | undefined; below(limit: number): number }

/** Makes dice from any text. SHA-256 spreads it, mulberry32 walks on from there. */
export function createDice(seed: string): Dice {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
  return { below, pick: (items) => (items.length === 0 ? undefined : items[below(items.length)]) }
}
