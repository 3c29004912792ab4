import { randomFillSync } from 'node:crypto'

const POOL_BYTES = 4096
const BYTES_PER_ID = 10
const SEQUENCE_MAX = 0xfff
/** A new millisecond starts its sequence in the lower half, so that there is room to count up. */
const SEQUENCE_START_MASK = 0x7ff

const pool = Buffer.alloc(POOL_BYTES)
let poolOffset = POOL_BYTES
let lastMs = 0
let sequence = 0

/**
 * A UUID version 7 (RFC 9562 section 5.7, with the counter of section 6.2 method 1): ids made by one process
 * increase strictly, also within a millisecond and when the wall clock steps back.
 */
export function newId(): string {
  const random = takeRandom()
  const nowMs = Date.now()
  if (nowMs > lastMs) {
    lastMs = nowMs
    sequence = random.readUInt16BE(8) & SEQUENCE_START_MASK
  } else if (sequence < SEQUENCE_MAX) {
    sequence += 1
  } else {
    lastMs += 1
    sequence = random.readUInt16BE(8) & SEQUENCE_START_MASK
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const variant = ((random.readUInt16BE(0) & 0x3fff) | 0x8000).toString(16)
  const counter = sequence.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${variant}-${random.toString('hex', 2, 8)}`
}

function takeRandom(): Buffer {
  if (poolOffset + BYTES_PER_ID > POOL_BYTES) {
    randomFillSync(pool)
    poolOffset = 0
  }
  poolOffset += BYTES_PER_ID
  return pool.subarray(poolOffset - BYTES_PER_ID, poolOffset)
}
