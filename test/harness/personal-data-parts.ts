export { personalDataParts } from '../../src/processes/personal-data-parts.ts'
