export { listReported, type Reported } from './list-reported.ts'
export { lookUpUser, type UserFigures, type UserQuery } from './look-up-user.ts'
export { readingsPart } from './merge-readings.ts'
export { readingsPersonalData } from './personal-readings-store.ts'
export {
  createReadings,
  type OpenedReading,
  READING_KINDS,
  type ReadingKind,
  type Readings,
  type ReadingsDeps,
  type Told,
} from './readings.ts'
