export { leavingPart } from './leaving-part.ts'
