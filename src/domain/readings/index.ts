export { readingsPart } from './merge-readings.ts'
