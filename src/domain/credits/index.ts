export { type BookedCredits, balanceOf, entriesOf, type LedgerEntry, lowTypes } from './balance-store.ts'
export {
  type BroughtCredits,
  bringCredits,
  bringDifference,
  neverBooked,
  noWelcomeFor,
  takeBackBooks,
  takeBackDifference,
  takeBackWelcome,
} from './bring-credits-store.ts'
export { creditsPart } from './merge-credits.ts'
export { creditsPersonalData } from './personal-credits-store.ts'
export { receiptOf, type TurnReceipt } from './receipt-store.ts'
export {
  captureHold,
  type HoldRefusal,
  holdCredits,
  type LowBalance,
  type PricedTurn,
  refundTurn,
  releaseHold,
} from './settle-store.ts'
export { bookTopUp, type ClawedBack, clawBack, grantByOperator, type ToppedUp, type TopUp } from './top-up-store.ts'
