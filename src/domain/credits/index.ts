export { type BookedCredits, balanceOf, entriesOf, type LedgerEntry } from './balance-store.ts'
export { creditsPart } from './merge-credits.ts'
export {
  captureHold,
  holdCredits,
  type PricedTurn,
  refundTurn,
  releaseHold,
} from './settle-store.ts'
