export { createLocalPresence } from './create-local-presence.ts'
export { createRedisPresence } from './create-redis-presence.ts'
export {
  ONLINE_TTL_MS,
  PLACES_MAX,
  type Presence,
  type PresenceTimes,
  TYPING_TTL_MS,
  type WhoIsThere,
} from './presence.ts'
