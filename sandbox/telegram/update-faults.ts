import type { PendingUpdate } from './updates.ts'

/** What may go wrong on an update's way: twins with the same id, and an order turned round. `pass` says what arrives now. */
export function createUpdateFaults() {
  let twins = { updates: 0, copies: 0 }
  let toHold = 0
  let held: PendingUpdate[] = []

  function pass(original: PendingUpdate): PendingUpdate[] {
    const family = [original]
    if (twins.updates > 0) {
      twins.updates -= 1
      for (let copy = 1; copy <= twins.copies; copy += 1) family.push({ ...original, copy })
    }
    if (toHold === 0) return family
    held.unshift(...family)
    toHold -= 1
    if (toHold > 0) return []
    const released = held
    held = []
    return released
  }

  return {
    pass,
    /** The next `updates` ones arrive `copies` times more, with the same update_id. */
    duplicateNext: (updates: number, copies = 1) => {
      twins = { updates, copies }
    },
    /** The next `count` ones are held back and then arrive newest first. */
    reorderNext: (count: number) => {
      toHold = count
    },
  }
}
