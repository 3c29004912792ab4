import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Note } from '../rules/note.ts'

/** Notes of a dry run, which no database keeps; there may be millions. */
export interface Spool {
  add(notes: readonly Note[]): Promise<void>
  /** All of them in the order in which they came. */
  rows(): AsyncIterable<Note>
  close(): Promise<void>
}

/** Keeps notes in a file of its own, which goes away with `close`. */
export async function openSpool(): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), 'vitte-dry-run-'))
  const path = join(folder, 'rows')
  const file = await open(path, 'a', 0o600)
  return {
    async add(notes) {
      await file.appendFile(notes.map((note) => `${JSON.stringify(note)}\n`).join(''))
    },
    async *rows() {
      for await (const line of createInterface({ input: createReadStream(path, 'utf8') }))
        yield JSON.parse(line) as Note
    },
    async close() {
      await file.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
