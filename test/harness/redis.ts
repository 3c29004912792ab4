import { freePort } from './free-port.ts'
import { type RedisServer, startRedisServer } from './redis-server.ts'
import { type Scope, wholeFile } from './scope.ts'

export type TestRedis = RedisServer

/**
 * A real redis-server of one's own on a free port; nothing is written to disk.
 * @param settings as on its command line
 */
export async function testRedis(scope: Scope = wholeFile, settings: string[] = []): Promise<TestRedis> {
  return startRedisServer(scope, await freePort(), settings)
}
