import type { Vault } from '#platform/vault'

/** A vault that knows how long it was at work. */
export interface TimedVault {
  vault: Vault
  /** Milliseconds since the last call of this. */
  taken(): number
}

/** All that a vault does is done before it returns, so its time is what passes in its calls. */
export function timed(vault: Vault): TimedVault {
  let takenMs = 0
  const measured = <Args extends unknown[], Result>(deed: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      const start = performance.now()
      try {
        return deed(...args)
      } finally {
        takenMs += performance.now() - start
      }
    }
  }
  return {
    vault: {
      ...vault,
      newDataKey: measured(vault.newDataKey),
      unwrap: measured(vault.unwrap),
      seal: measured(vault.seal),
      open: measured(vault.open),
      keyIdOf: measured(vault.keyIdOf),
      hmac: measured(vault.hmac),
    },
    taken() {
      const taken = takenMs
      takenMs = 0
      return taken
    },
  }
}
