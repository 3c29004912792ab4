import { randomFillSync } from 'node:crypto'

export const IV_BYTES = 12
/** One call to the system's generator per this many values: a call for each one costs more than the sealing itself. */
const IVS_PER_REFILL = 512

/** Random 96-bit values for AES-GCM (NIST SP 800-38D, 8.2.2), each handed out once. */
export function createIvSource(): () => Buffer {
  const pool = Buffer.alloc(IV_BYTES * IVS_PER_REFILL)
  let position = pool.length
  return () => {
    if (position === pool.length) {
      randomFillSync(pool)
      position = 0
    }
    const iv = Buffer.from(pool.subarray(position, position + IV_BYTES))
    position += IV_BYTES
    return iv
  }
}
