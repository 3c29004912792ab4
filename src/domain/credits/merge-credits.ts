import type { Credits } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import type { MergePart } from '#domain/identity'
import {
  accountsOf,
  closeAccounts,
  hasBought,
  heldForParting,
  openAccounts,
  passOn,
  releasedSince,
  turnsHeld,
} from './merge-store.ts'

/** What this room remembers of a merge. */
interface Journal {
  available: Credits
  debt: Credits
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
  },
  async stake(db, userId) {
    const { available } = await accountsOf(db, userId)
    return { credits: available, precious: await hasBought(db, userId) }
  },
  async merge(tx, { id, absorbedId, survivorId }) {
    const { available, held, debt } = await accountsOf(tx, absorbedId)
    const journal: Journal = { available, debt, heldTurns: await turnsHeld(tx, absorbedId) }
    await openAccounts(tx, survivorId)
    const pass = { from: absorbedId, to: survivorId, reason: 'merge', businessKey: `merge:${id}` } as const
    await passOn(tx, { ...pass, account: 'available', amounts: available })
    await passOn(tx, { ...pass, account: 'held', amounts: held })
    await passOn(tx, { ...pass, account: 'debt', amounts: debt })
    await closeAccounts(tx, absorbedId)
    return { ...journal }
  },
  async undo(tx, { id, absorbedId, survivorId }, remembered) {
    const journal = remembered as unknown as Journal
    const now = await accountsOf(tx, survivorId)
    const released = await releasedSince(tx, survivorId, journal.heldTurns)
    await openAccounts(tx, absorbedId)
    const pass = { from: survivorId, to: absorbedId, reason: 'undo', businessKey: `undo:${id}` } as const
    await passOn(tx, { ...pass, account: 'held', amounts: await heldForParting(tx, absorbedId, survivorId) })
    await passOn(tx, { ...pass, account: 'available', amounts: stillThere(journal.available, released, now.available) })
    await passOn(tx, { ...pass, account: 'debt', amounts: stillThere(journal.debt, null, now.debt) })
  },
  async previewUndo(db, { survivorId }, remembered) {
    const journal = remembered as unknown as Journal
    const { available } = await accountsOf(db, survivorId)
    const released = await releasedSince(db, survivorId, journal.heldTurns)
    return { creditsBack: stillThere(journal.available, released, available) }
  },
}

/** The smaller of what came and what is there, per type. */
function stillThere(came: Credits, since: Credits | null, there: Credits): Credits {
  const back: Credits = { basic: 0, pro: 0, cassandra: 0 }
  for (const type of CREDIT_TYPES) back[type] = Math.min(came[type] + (since?.[type] ?? 0), there[type])
  return back
}
