export { type Clock, systemClock } from './clock.ts'
export { createSettableClock, type SettableClock } from './settable-clock.ts'
