import { createHash } from 'node:crypto'

/** So much is hashed at once: a call for each line costs more than the hashing. */
const SCRATCH_BYTES = 4_096
/** Who, when, how long. */
const HEAD_BYTES = 1 + 8 + 4
const SIDES: Readonly<Record<string, number>> = { user: 1, assistant: 2 }

/** A hash over lines as the proof sees them, one after the other: who, when, what. */
export class LineHash {
  readonly #hash = createHash('sha256')
  readonly #scratch = Buffer.allocUnsafe(SCRATCH_BYTES)
  #used = 0

  /** `text`: UTF-8. Its length goes before it, so that what stands between two lines cannot stand in one. */
  add(role: string, atMicros: number, text: Buffer): void {
    if (this.#used + HEAD_BYTES + text.length > SCRATCH_BYTES) this.#flush()
    this.#used = this.#scratch.writeUInt8(SIDES[role] ?? 0, this.#used)
    this.#used = this.#scratch.writeDoubleBE(atMicros, this.#used)
    this.#used = this.#scratch.writeUInt32BE(text.length, this.#used)
    if (this.#used + text.length > SCRATCH_BYTES) {
      this.#flush()
      this.#hash.update(text)
    } else this.#used += text.copy(this.#scratch, this.#used)
  }

  digest(): Buffer {
    this.#flush()
    return this.#hash.digest()
  }

  #flush(): void {
    this.#hash.update(this.#scratch.subarray(0, this.#used))
    this.#used = 0
  }
}
