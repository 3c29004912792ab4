import type { Update } from './shapes.ts'
import type { PendingUpdate } from './updates.ts'

/** Which updates a fault meets; without one it meets every update. */
export type Meets = (update: Update) => boolean

type Fault = { left: number; meets: Meets }

/**
 * What may go wrong on an update's way: twins with the same id, an order turned round, a loss. `pass` says what arrives
 * now. Each fault is given with the way to take it back as long as nothing has met it.
 */
export function createUpdateFaults() {
  const twins: (Fault & { copies: number })[] = []
  const holds: (Fault & { held: PendingUpdate[] })[] = []
  const losses: Fault[] = []

  function pass(original: PendingUpdate): PendingUpdate[] {
    if (take(losses, original)) return []
    const family = [original]
    const { copies = 0 } = take(twins, original) ?? {}
    for (let copy = 1; copy <= copies; copy += 1) family.push({ ...original, copy })
    const hold = take(holds, original)
    if (!hold) return family
    hold.held.unshift(...family)
    return hold.left > 0 ? [] : hold.held
  }

  return {
    pass,
    /** The next `updates` ones arrive `copies` times more, with the same update_id. */
    duplicateNext: (updates: number, copies = 1, meets: Meets = () => true) => {
      return stand(twins, { left: updates, copies, meets })
    },
    /** The next `count` ones are held back and then arrive newest first. */
    reorderNext: (count: number, meets: Meets = () => true) => {
      return stand(holds, { left: count, meets, held: [] })
    },
    /** The next `count` ones never arrive, as after a day in which nobody fetched them. */
    loseNext: (count: number, meets: Meets = () => true) => {
      return stand(losses, { left: count, meets })
    },
  }
}

function stand<Kind extends Fault>(faults: Kind[], fault: Kind): () => void {
  const { left } = fault
  faults.push(fault)
  return () => {
    if (fault.left === left) faults.splice(faults.indexOf(fault), 1)
  }
}

/** Counts this update for the oldest fault that meets it; one that has met its last goes. */
function take<Kind extends Fault>(faults: Kind[], { update }: PendingUpdate): Kind | undefined {
  const fault = faults.find(({ meets }) => meets(update))
  if (!fault) return undefined
  fault.left -= 1
  if (fault.left === 0) faults.splice(faults.indexOf(fault), 1)
  return fault
}
