import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AppContext, createLimits, Problem } from '#edges/http'
import { countMessage } from './count-message.ts'

const CLIENT_MAX = 2_000
const FARM_ACCOUNTS = 1_000

const limits = createLimits()
const from = (clientAddress: string, userId: string) =>
  countMessage({ var: { clientAddress, caller: { userId } } } as unknown as AppContext, { limits })

test('a thousand accounts of one network ask no faster than one network may; a neighbour asks on', async () => {
  let passed = 0
  for (let round = 0; round < 3; round += 1) {
    for (let account = 0; account < FARM_ACCOUNTS; account += 1) {
      const asked = from(`2001:db8:9:9::${account.toString(16)}`, `farm-${account}`)
      await asked.then(
        () => {
          passed += 1
        },
        (refusal: unknown) => assert.ok(refusal instanceof Problem && refusal.status === 429),
      )
    }
  }
  assert.equal(passed, CLIENT_MAX)
  await from('2001:db8:9:a::1', 'neighbour')
})

test('one account is stopped by its own limit wherever it asks from', async () => {
  const asked = await Promise.allSettled(
    Array.from({ length: 150 }, (_, index) => from(`203.0.113.${index}`, 'everywhere')),
  )
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 100)
})
