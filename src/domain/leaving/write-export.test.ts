import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { strFromU8, unzipSync } from 'fflate'
import { type PersonalDataPart, wholeFile } from '#domain/identity'
import type { Executor } from '#platform/postgres'
import { writeExport } from './write-export.ts'

const NO_DATABASE = {} as Executor
const PAGES_AHEAD_MAX = 200

function partOf(files: PersonalDataPart['files'] = []): PersonalDataPart {
  return { room: 'test', tables: {}, files, erase: async () => 0 }
}

async function unzipped(parts: PersonalDataPart[]): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of writeExport(NO_DATABASE, parts, 'vera')) chunks.push(chunk)
  const files = unzipSync(new Uint8Array(Buffer.concat(chunks)))
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, JSON.parse(strFromU8(bytes))]))
}

test('every file of every part is an array, page after page, also without an entry', async () => {
  const paged = {
    name: 'messages',
    async *pages(_db: Executor, userId: string) {
      yield [{ text: `привет, ${userId}` }, { text: '"\n' }]
      yield []
      yield [{ text: 'конец' }]
    },
  }
  const parts = [
    partOf([paged, wholeFile('memory', async () => [])]),
    partOf(),
    partOf([wholeFile('audit', async () => [{}])]),
  ]
  assert.deepEqual(await unzipped(parts), {
    'messages.json': [{ text: 'привет, vera' }, { text: '"\n' }, { text: 'конец' }],
    'memory.json': [],
    'audit.json': [{}],
  })
})

test('what cannot be read ends the stream: nobody takes half of it for all', async () => {
  const broken = wholeFile('broken', async () => Promise.reject(new Error('a key is lost')))
  await assert.rejects(unzipped([partOf([broken])]), /a key is lost/)
})

test('a reader who is slow is waited for, and one who leaves ends the reading', async () => {
  let pages = 0
  let ended = false
  const endless = {
    name: 'endless',
    async *pages() {
      try {
        for (;;) {
          pages += 1
          yield [{ noise: Array.from({ length: 2_000 }, () => Math.random()) }]
        }
      } finally {
        ended = true
      }
    },
  }
  const stream = writeExport(NO_DATABASE, [partOf([endless])], 'vera')
  stream.on('error', () => {})
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    assert.ok(chunk.length > 0)
    break
  }
  const before = pages
  for (let turns = 0; turns < 5_000; turns += 1) await turn()
  assert.ok(pages - before < PAGES_AHEAD_MAX, `${pages - before} pages were read for nobody`)
  stream.destroy()
  for (let turns = 0; turns < 5_000 && !ended; turns += 1) await turn()
  assert.ok(ended)
})
