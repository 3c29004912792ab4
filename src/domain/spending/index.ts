export { spendingPart } from './merge-spending.ts'
