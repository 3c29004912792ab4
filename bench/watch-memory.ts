const SAMPLE_EVERY_MS = 10
const MB = 1_000_000

/** By how many megabytes this process grows at most: what were read into it would be seen. */
export function watchMemory(): { stop(): number } {
  const before = process.memoryUsage.rss()
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, SAMPLE_EVERY_MS)
  return {
    stop() {
      clearInterval(timer)
      return (most - before) / MB
    },
  }
}
