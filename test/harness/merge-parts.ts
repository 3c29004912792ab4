export { mergeParts } from '../../src/processes/merge-parts.ts'
