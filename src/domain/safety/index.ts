export { type Risk, readRisks } from './read-risks.ts'
