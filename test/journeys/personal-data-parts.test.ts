import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { createHistory } from '#domain/conversations'
import { createKeyRing, type PersonalDataPart } from '#domain/identity'
import { createMemory } from '#domain/memory'
import { createReminders } from '#domain/proactive'
import { createVault } from '#platform/vault'
import { testDatabase } from '#test/database'
import { personalDataParts } from '#test/personal-data-parts'
import { userColumns } from '../simulate/merge/assert-buried.ts'

// Every room says what it has of a person: what of it goes when they leave, and what stays for which reason.
const { db } = await testDatabase()
const vault = createVault({ masterKey: Buffer.alloc(32, 7) })
const keys = createKeyRing({ vault, db })
const rooms = {
  history: createHistory({ vault, keys }),
  memory: createMemory({ vault, keys }),
  reminders: createReminders({ vault, keys }),
  support: { requestsOf: async () => [] },
}
const parts = personalDataParts(rooms)
let tables: string[] = []

before(async () => {
  tables = [...(await userColumns(db)).keys()].toSorted()
})

const claimed = (by: readonly PersonalDataPart[]) => by.flatMap((part) => Object.keys(part.tables))
const unclaimed = (by: readonly PersonalDataPart[]) => tables.filter((table) => !claimed(by).includes(table))

test('every table with a user column goes by one part, or stays for a reason', () => {
  assert.ok(tables.includes('messages') && tables.includes('charges'), tables.join())
  assert.deepEqual(unclaimed(parts), [])
  assert.equal(new Set(claimed(parts)).size, claimed(parts).length, 'each is claimed once')
  for (const { tables: fates } of parts) {
    for (const [table, fate] of Object.entries(fates)) assert.ok(fate === 'erased' || fate.stays.length > 10, table)
  }
})

test('a table that no part claims any more is noticed', () => {
  for (const forgotten of tables) {
    const fewer = parts.map((part) => ({
      ...part,
      tables: Object.fromEntries(Object.entries(part.tables).filter(([table]) => table !== forgotten)),
    }))
    assert.deepEqual(unclaimed(fewer), [forgotten])
  }
})

test('each file of an export has a name of its own', () => {
  const names = parts.flatMap(({ files = [] }) => files.map(({ name }) => name))
  assert.equal(new Set(names).size, names.length)
  for (const name of [
    'profile',
    'identities',
    'conversations',
    'messages',
    'memory',
    'reminders',
    'ledger',
    'payments',
  ]) {
    assert.ok(names.includes(name), name)
  }
  for (const name of ['sessions', 'audit', 'support', 'consents']) assert.ok(names.includes(name), name)
})
