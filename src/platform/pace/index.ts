export { createLocalPace } from './create-local-pace.ts'
export { createRedisPace } from './create-redis-pace.ts'
export type { Pace, Precedence } from './pace.ts'
export { waitInPlace } from './wait-in-place.ts'
