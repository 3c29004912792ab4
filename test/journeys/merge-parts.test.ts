import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { createKeyRing, type MergePart } from '#domain/identity'
import { createVault } from '#platform/vault'
import { testDatabase } from '#test/database'
import { mergeParts } from '#test/merge-parts'
import { userColumns } from '../simulate/merge/assert-buried.ts'

// Every room brings its part of a merge, or says why a table stays as it is.
const { db } = await testDatabase()
const vault = createVault({ masterKey: Buffer.alloc(32, 7) })
const parts = mergeParts({ vault, keys: createKeyRing({ vault, db }) })
let tables: string[] = []

before(async () => {
  tables = [...(await userColumns(db)).keys()].toSorted()
})

const claimed = (by: readonly MergePart[]) => by.flatMap((part) => Object.keys(part.tables)).toSorted()

test('every table with a user column is handed over by one part, or stays for a reason', () => {
  assert.ok(tables.includes('messages') && tables.includes('merges') && tables.includes('users'), tables.join())
  assert.deepEqual(claimed(parts), tables)
})

test('a table that no part claims any more is noticed, and so is one that two claim', () => {
  for (const forgotten of tables) {
    const fewer = parts.map((part) => ({
      ...part,
      tables: Object.fromEntries(Object.entries(part.tables).filter(([table]) => table !== forgotten)),
    }))
    assert.notDeepEqual(claimed(fewer), tables, forgotten)
  }
  for (const part of parts) assert.notDeepEqual(claimed([...parts, part]), tables, part.room)
})

test('the lines move first, and a user is buried after everything that moves by its id', () => {
  const rooms = parts.map(({ room }) => room)
  assert.equal(rooms[0], 'conversations')
  assert.ok(['replies', 'delivery', 'credits'].every((room) => rooms.indexOf(room) < rooms.indexOf('identity')))
  assert.equal(new Set(rooms).size, rooms.length, 'each room has one place in the journal')
})
