import { setTimeout as sleep } from 'node:timers/promises'
import { createRedisLive, type Live } from '#platform/live'
import { connectRedis } from '#platform/redis'
import { silentLog } from '../../test/harness/silent-log.ts'

const LOOK_EVERY_MS = 10
/** Any 32 bytes, the same in both processes. */
const BUS_KEY = Buffer.alloc(32, 9)

/** Live between processes over this Redis. */
export async function liveOver(url: string): Promise<Live> {
  const redis = await connectRedis({ url, log: silentLog })
  while (!redis.isReady) await sleep(LOOK_EVERY_MS)
  return createRedisLive({ redis, busKey: BUS_KEY, log: silentLog })
}
