export { connectRedis, type RedisOptions } from './connect-redis.ts'
export { parseRedisUrl } from './parse-redis-url.ts'
export type { Hearing, RedisClient, RedisWatch, Subscriptions } from './redis-client.ts'
export { withinTime } from './within-time.ts'
