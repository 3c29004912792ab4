export { type Cache, VALUE_BYTES_MAX } from './cache.ts'
export { createLayeredCache } from './create-layered-cache.ts'
export { createLocalCache } from './create-local-cache.ts'
export { type ByteStore, createRedisCache } from './create-redis-cache.ts'
