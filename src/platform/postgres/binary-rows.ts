import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** Signature, flags and the length of an extension that nobody sends (PostgreSQL: COPY, Binary Format). */
const HEADER_BYTES = 19
const COUNT_BYTES = 2
const LENGTH_BYTES = 4
/** Stands where the number of values would. */
const TRAILER = -1
const NULL_LENGTH = -1
/** What is taken from the server ahead of who reads. */
const AHEAD_BYTES_MAX = 1024 * 1024
/** PostgreSQL counts microseconds from the start of the year 2000. */
export const POSTGRES_EPOCH_MICROS = 946_684_800_000_000n

/** The values of a row in PostgreSQL's binary form: parts of what came, which is not written over. */
export type BinaryRow = readonly (Buffer | null)[]

export interface BinaryRows {
  /** The next row, null behind the last one; a promise only where PostgreSQL has to be waited for. */
  next(): Promise<BinaryRow | null> | BinaryRow | null
  /** Whoever does not want the rest closes the connection: it has nothing else to say until then. */
  close(): void
}

/**
 * The rows of a statement by COPY in its binary format, as they come: the server sends no faster than they are read.
 * @throws what PostgreSQL says, by `next`
 */
export function copyRows(client: pg.ClientBase, statement: string): BinaryRows {
  const stream = client.query(
    copyTo(`COPY (${statement}) TO STDOUT (FORMAT binary)`, { highWaterMark: AHEAD_BYTES_MAX }),
  )
  const parser = new RowParser()
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  return {
    next: () => parser.next() ?? (parser.ended ? null : readMore()),
    close: () => void stream.destroy(),
  }

  async function readMore(): Promise<BinaryRow | null> {
    for (;;) {
      const { value, done } = await chunks.next()
      if (done) throw new Error('the rows ended in the middle of one')
      parser.take(value)
      const row = parser.next()
      if (row) return row
      if (!parser.ended) continue
      // The server may still say that something went wrong.
      while (!(await chunks.next()).done);
      return null
    }
  }
}

/** Cuts rows out of what comes in pieces. */
class RowParser {
  /** What came and is not looked at yet. */
  #parts: Buffer[] = []
  #waiting = 0
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0
  /** How many bytes there must be before it is worth another look. */
  #wanted = HEADER_BYTES
  #begun = false
  ended = false

  take(part: Buffer): void {
    this.#parts.push(part)
    this.#waiting += part.length
  }

  /** Null when the rest of the row is still to come, and when there is none any more. */
  next(): BinaryRow | null {
    if (this.ended) return null
    return this.#read() ?? (this.#gather() ? this.#read() : null)
  }

  /** Puts together what came: not before it is enough, as each time all of it is copied. */
  #gather(): boolean {
    const left = this.#bytes.length - this.#at
    if (this.#waiting === 0 || left + this.#waiting < this.#wanted) return false
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#at), ...this.#parts])
    this.#at = 0
    this.#parts = []
    this.#waiting = 0
    return true
  }

  #read(): BinaryRow | null {
    if (!this.#begun) {
      if (!this.#has(HEADER_BYTES)) return null
      this.#at = HEADER_BYTES
      this.#begun = true
    }
    if (!this.#has(COUNT_BYTES)) return null
    const count = this.#bytes.readInt16BE(this.#at)
    this.ended = count === TRAILER
    return this.ended ? null : this.#values(count)
  }

  #values(count: number): BinaryRow | null {
    const row: (Buffer | null)[] = []
    let at = this.#at + COUNT_BYTES
    while (row.length < count) {
      if (!this.#has(at + LENGTH_BYTES - this.#at)) return null
      const length = this.#bytes.readInt32BE(at)
      at += LENGTH_BYTES
      if (length === NULL_LENGTH) row.push(null)
      else {
        if (!this.#has(at + length - this.#at)) return null
        row.push(this.#bytes.subarray(at, at + length))
        at += length
      }
    }
    this.#at = at
    return row
  }

  #has(count: number): boolean {
    this.#wanted = count
    return this.#at + count <= this.#bytes.length
  }
}

/** A `timestamptz` or `timestamp` in microseconds since 1970. */
export function microsOf(value: Buffer): number {
  return Number(value.readBigInt64BE() + POSTGRES_EPOCH_MICROS)
}

/** A `uuid` as text. */
export function uuidOf(value: Buffer): string {
  const hex = value.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A uuid as PostgreSQL's binary form has it. */
export function uuidBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}
