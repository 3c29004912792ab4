/**
 * A question that is answered at once, or once more after the answer that is under way: whoever asks sees a state no
 * older than the asking, and a hundred askers cost two looks.
 */
export function oneAtATime(work: () => Promise<void>, onError: (error: unknown) => void): () => void {
  let running = false
  let again = false
  return function ask() {
    if (running) {
      again = true
      return
    }
    running = true
    void work()
      .catch(onError)
      .finally(() => {
        running = false
        if (!again) return
        again = false
        ask()
      })
  }
}
