import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { POSTGRES_EPOCH_MICROS } from './binary-rows.ts'

/** What is sent at once, and what may wait to be sent before the writer has to. */
const BUFFER_BYTES = 256 * 1024
const WAITING_BYTES_MAX = 4 * 1024 * 1024
/** `PGCOPY\n\377\r\n\0`, no flags, no extension (PostgreSQL: COPY, Binary Format). */
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex')
const TRAILER = Buffer.from([0xff, 0xff])
const NULL_LENGTH = -1

export type CopyType = 'uuid' | 'text' | 'bytea' | 'bool' | 'int4' | 'int8' | 'timestamptz'
/** Times in microseconds since 1970, as a Date is less exact; a uuid as text or as its 16 bytes. */
export type CopyValue = string | number | bigint | Buffer | null

export interface CopyTarget {
  table: string
  /** By column, in the order in which a row gives its values. */
  columns: Record<string, CopyType>
}

export interface BinaryCopy {
  /** Resolves when there is room for more. */
  write(row: readonly CopyValue[]): Promise<void> | void
  /** Sends the rest and waits until PostgreSQL has taken it; how many rows there were. */
  end(): Promise<number>
  /** Ends it without a trace. */
  abort(reason: Error): void
}

/** Writes rows by COPY in its binary format, as they come: what is held in memory does not grow. */
export function startCopy(client: pg.ClientBase, { table, columns }: CopyTarget): BinaryCopy {
  const types = Object.values(columns)
  const statement = `COPY ${table} (${Object.keys(columns).join(', ')}) FROM STDIN (FORMAT binary)`
  const stream = client.query(copyFrom(statement, { highWaterMark: WAITING_BYTES_MAX }))
  const done = finished(stream)
  let failed: Error | null = null
  // Whoever waits for it hears of it; until then it must not end the process.
  done.catch((error: Error) => {
    failed = error
  })
  let buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  let used = HEADER.copy(buffer)
  let rows = 0
  return {
    write(row) {
      rows += 1
      const bytes = bytesOf(row)
      if (used + bytes <= buffer.length) {
        used = writeRow(buffer, used, types, row)
        return
      }
      return flushThen(row, bytes)
    },
    async end() {
      await flush()
      stream.end(TRAILER)
      await done
      return rows
    },
    abort: (reason) => void stream.destroy(reason),
  }

  async function flushThen(row: readonly CopyValue[], bytes: number): Promise<void> {
    await flush()
    if (bytes > buffer.length) buffer = Buffer.allocUnsafe(bytes)
    used = writeRow(buffer, used, types, row)
  }

  async function flush(): Promise<void> {
    if (failed) throw failed
    if (used === 0) return
    const full = buffer.subarray(0, used)
    buffer = Buffer.allocUnsafe(BUFFER_BYTES)
    used = 0
    if (!stream.write(full)) await Promise.race([once(stream, 'drain'), done])
  }
}

/** No less than a row needs. */
function bytesOf(row: readonly CopyValue[]): number {
  let bytes = 2
  for (const value of row) {
    bytes += 20
    if (typeof value === 'string') bytes += value.length * 3
    else if (Buffer.isBuffer(value)) bytes += value.length
  }
  return bytes
}

function writeRow(buffer: Buffer, start: number, types: readonly CopyType[], row: readonly CopyValue[]): number {
  let at = buffer.writeInt16BE(types.length, start)
  for (const [index, type] of types.entries()) {
    const value = row[index] ?? null
    if (value === null) at = buffer.writeInt32BE(NULL_LENGTH, at)
    else {
      const from = at + 4
      const end = writeValue(buffer, from, type, value)
      buffer.writeInt32BE(end - from, at)
      at = end
    }
  }
  return at
}

function writeValue(buffer: Buffer, at: number, type: CopyType, value: NonNullable<CopyValue>): number {
  switch (type) {
    case 'uuid':
      if (Buffer.isBuffer(value)) return at + value.copy(buffer, at)
      return at + buffer.write(String(value).replaceAll('-', ''), at, 'hex')
    case 'text':
      return at + buffer.write(String(value), at, 'utf8')
    case 'bytea':
      return at + (value as Buffer).copy(buffer, at)
    case 'bool':
      return buffer.writeUInt8(Number(value), at)
    case 'int4':
      return buffer.writeInt32BE(Number(value), at)
    case 'int8':
      return buffer.writeBigInt64BE(BigInt(value as number | bigint), at)
    case 'timestamptz':
      return buffer.writeBigInt64BE(BigInt(value as number | bigint) - POSTGRES_EPOCH_MICROS, at)
  }
}
