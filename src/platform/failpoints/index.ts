export { type Armed, armFailpoints, parseFailpoints, reach } from './failpoints.ts'
export { STEPS, type Step } from './steps.ts'
