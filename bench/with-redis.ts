import { testRedis } from '../test/harness/redis.ts'
import type { Scope } from '../test/harness/scope.ts'

/** A Redis of one's own for one bench, without a disk. */
export async function withRedis<T>(deed: (url: string) => Promise<T>): Promise<T> {
  const hooks: (() => unknown)[] = []
  const scope: Scope = { after: (hook) => hooks.push(hook) }
  try {
    return await deed((await testRedis(scope)).url)
  } finally {
    // Hooks may add hooks.
    for (const hook of hooks) await hook()
  }
}
