export { createLocalLive } from './create-local-live.ts'
export { createRedisLive, type RedisLiveOptions } from './create-redis-live.ts'
export type { Live, Subscriber, Unsubscribe } from './live.ts'
