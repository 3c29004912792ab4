export { type Armed, armFailpoints, parseFailpoints, reach } from './failpoints.ts'
export { FIRST_STEPS, STEPS, type Step } from './steps.ts'
