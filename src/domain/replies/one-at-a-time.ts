import { RowLockedError } from '#platform/postgres'

/** Far more than one person has under way at once; what comes on top is to come again. */
const WAITING_MAX = 200

export type OneAtATime = <Result>(key: string, deed: () => Promise<Result>) => Promise<Result>

/**
 * Lets deeds of one key run one after another in the order in which they are asked for; those of other keys do not
 * wait. A deed that fails does not stop the next. With too many waiting a further one fails at once with RowLockedError.
 */
export function createOneAtATime(): OneAtATime {
  const lines = new Map<string, { last: Promise<unknown>; length: number }>()

  return async (key, deed) => {
    const line = lines.get(key) ?? { last: Promise.resolve(), length: 0 }
    if (line.length > WAITING_MAX) throw new RowLockedError('too many deeds of one sender are under way')
    // Who is alone does not wait for the next tick either.
    const mine = line.length === 0 ? deed() : line.last.then(deed, deed)
    line.last = mine
    line.length += 1
    lines.set(key, line)
    try {
      return await mine
    } finally {
      line.length -= 1
      if (line.length === 0) lines.delete(key)
    }
  }
}
