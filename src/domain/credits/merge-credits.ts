import type { Credits } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import type { Merge, MergePart } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import {
  accountsOf,
  clawedBackSince,
  closeAccounts,
  type Hold,
  hasAbsorbedOthers,
  hasBought,
  holdsOf,
  holdsParting,
  holdsThatCame,
  openAccounts,
  type Passing,
  passGift,
  passHolds,
  passOn,
  releasedSince,
  returnGift,
  welcomeOf,
} from './merge-store.ts'

/** What this room remembers of a merge. */
interface Journal {
  available: Credits
  debt: Credits
  /** What went to the house instead. */
  gift: Credits
  /** Turns whose price came along set aside. */
  heldTurns: string[]
}

/**
 * Balances are summed by transfers, held credits with them; the books of the absorbed user stay where they were written
 * and end at zero. An undo gives back what came, but never more than is still there.
 */
export const creditsPart: MergePart = {
  room: 'credits',
  tables: {
    credit_balances: 'moves',
    ledger_transfers: { stays: 'the ledger only grows: a merge closes the absorbed books by transfers' },
    operator_grants: { stays: 'the written reasons of transfers that stay' },
  },
  async stake(db, userId) {
    const { available } = await accountsOf(db, userId)
    return { credits: available, precious: await hasBought(db, userId) }
  },
  async merge(tx, { id, absorbedId, survivorId }) {
    const gift = await secondGift(tx, { absorbedId, survivorId })
    await passGift(tx, absorbedId, gift, `merge:${id}`)
    const { available, debt } = await accountsOf(tx, absorbedId)
    const holds = await holdsOf(tx, absorbedId)
    const journal: Journal = { available, debt, gift, heldTurns: holds.map(({ turnId }) => turnId) }
    await openAccounts(tx, survivorId)
    const passing: Passing = { from: absorbedId, to: survivorId, reason: 'merge', businessKey: `merge:${id}` }
    await passOn(tx, passing, 'available', available)
    await passHolds(tx, passing, holds)
    await passOn(tx, passing, 'debt', debt)
    await closeAccounts(tx, absorbedId)
    return { ...journal }
  },
  async undo(tx, merge, remembered) {
    const { id, absorbedId, survivorId } = merge
    const journal = remembered as unknown as Journal
    const holds = await holdsParting(tx, merge)
    const available = await availableBack(tx, merge, journal, holds)
    const { debt } = await accountsOf(tx, survivorId)
    const { owed } = await clawedBackSince(tx, merge)
    for (const type of CREDIT_TYPES) owed[type] += journal.debt[type]
    await openAccounts(tx, absorbedId)
    const passing: Passing = { from: survivorId, to: absorbedId, reason: 'undo', businessKey: `undo:${id}` }
    await passHolds(tx, passing, holds)
    await passOn(tx, passing, 'available', available)
    await passOn(tx, passing, 'debt', smallerOf(owed, debt))
    await returnGift(tx, absorbedId, journal.gift, `undo:${id}`)
    return {}
  },
  async previewUndo(db, merge, remembered) {
    const journal = remembered as unknown as Journal
    return { creditsBack: await availableBack(db, merge, journal, await holdsThatCame(db, merge)) }
  },
}

/**
 * Welcome credits are for the first login on the web: joining one after the other, they would be a well. Who has bought
 * any keeps all.
 */
async function secondGift(tx: Executor, sides: Pick<Merge, 'absorbedId' | 'survivorId'>): Promise<Credits> {
  const { absorbedId } = sides
  const well = (await hasAbsorbedOthers(tx, sides)) && !(await hasBought(tx, absorbedId))
  if (!well) return { basic: 0, pro: 0, cassandra: 0 }
  return smallerOf(await welcomeOf(tx, absorbedId), (await accountsOf(tx, absorbedId)).available)
}

/**
 * What came, with what its turns have given back since, without what they hold anew and what refunds of its purchases took;
 * never more than is there.
 */
async function availableBack(
  db: Executor,
  merge: Merge,
  { available, heldTurns }: Journal,
  holds: readonly Hold[],
): Promise<Credits> {
  const { survivorId, mergedAt } = merge
  const { taken } = await clawedBackSince(db, merge)
  const back = await releasedSince(db, { survivorId, mergedAt, turnIds: heldTurns })
  for (const type of CREDIT_TYPES) back[type] += available[type] - taken[type]
  for (const { turnId, type, amount } of holds) if (!heldTurns.includes(turnId)) back[type] -= amount
  return smallerOf(back, (await accountsOf(db, survivorId)).available)
}

/** The smaller of both, per type, and never below nothing. */
function smallerOf(came: Credits, there: Credits): Credits {
  const back: Credits = { basic: 0, pro: 0, cassandra: 0 }
  for (const type of CREDIT_TYPES) back[type] = Math.max(0, Math.min(came[type], there[type]))
  return back
}
