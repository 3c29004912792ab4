type Work = () => Promise<void>

/**
 * Work under a name that is done at once, or once more after what is under way under that name: whoever asks sees a
 * state no older than the asking, and a hundred askers cost two looks. Nothing is kept of a name that rests.
 */
export function oneAtATime(onError: (error: unknown) => void): (name: string, work: Work) => void {
  const waiting = new Map<string, Work | null>()
  return function ask(name, work) {
    if (waiting.has(name)) {
      waiting.set(name, work)
      return
    }
    waiting.set(name, null)
    void work()
      .catch(onError)
      .finally(() => {
        const next = waiting.get(name)
        waiting.delete(name)
        if (next) ask(name, next)
      })
  }
}
