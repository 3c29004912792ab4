import { type FindMasters, type Masters, NOBODY } from './find-masters.ts'

/** Also without a sign that something changed: a server cut off from the others gives none. */
const LOOK_EVERY_MS = 5_000
/** However many signs there are, this passes between two looks; and after one in vain. */
const LOOK_PAUSE_MS = 200

/** Knows who serves, as it changes. */
export interface KeptMasters {
  now(): Masters
  /** Something looks different: asks again soon, in the background. */
  look(): void
  close(): void
}

export interface KeepOptions {
  find: FindMasters
  /** After each look that told something. */
  looked(what: { isNew: boolean }): void
  /** Nobody says who serves. */
  failed(error: unknown): void
}

export function keepMasters({ find, looked, failed }: KeepOptions): KeptMasters {
  let masters = NOBODY
  let closed = false
  let looking = false
  let soon = false
  let timer: NodeJS.Timeout | undefined
  void start()
  return {
    now: () => masters,
    look() {
      if (soon || closed) return
      soon = true
      if (!looking) wait()
    },
    close() {
      closed = true
      clearTimeout(timer)
    },
  }

  function wait(): void {
    clearTimeout(timer)
    if (!closed) timer = setTimeout(start, soon ? LOOK_PAUSE_MS : LOOK_EVERY_MS)
  }

  async function start(): Promise<void> {
    looking = true
    soon = false
    try {
      const found = await find(masters)
      if (closed) return
      const isNew = found.print !== masters.print
      if (isNew) masters = found
      looked({ isNew })
    } catch (error) {
      soon = true
      if (!closed) failed(error)
    } finally {
      looking = false
      wait()
    }
  }
}
