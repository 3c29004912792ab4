export { newId } from './new-id.ts'
export { randomToken } from './random-token.ts'
