export { type Armed, armFailpoints, parseFailpoints, reach } from './failpoints.ts'
export { ERASURE_STEPS, FIRST_STEPS, STEPS, type Step } from './steps.ts'
