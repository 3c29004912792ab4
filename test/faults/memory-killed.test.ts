import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { answerDigest, lastPrompt, rememberedBy } from '../journeys/memory-steps.ts'

const CAT = 'Есть кот Барсик'
const SUMMARY = 'Знакомство у окна.'

test('killed while the talk is read: it is read again, each fact is kept once, and both are in the next prompt', async (t) => {
  const world = await startWorld(t)
  const { model } = world.sandbox
  model.control({ mode: 'echo', digest: { hold: true } })
  answerDigest(world.sandbox, SUMMARY, [{ line: 2, text: CAT }])
  const person = new Person(world.vitte.url, t)
  await person.signInByMail(world.sandbox, 'killed@example.org')
  await person.confirmAdult()
  await person.startConversation('arina')
  await person.talk('У меня живёт кот, Барсик')
  assert.deepEqual(await person.memory(), [])
  await waitFor(() => model.digests().length === 1, { what: 'the first reading' })
  await world.vitte.kill('SIGKILL')
  // Not to wait for the end of the dead worker's lease.
  await world.database.pool.query('UPDATE memories SET due_at = now()')
  model.control({ digest: { hold: false } })
  await world.startAnother({ PORT: world.vitte.env.PORT ?? '' })
  await rememberedBy(person, CAT)
  await person.talk('Как он там?')
  assert.equal((await person.memory()).length, 1)
  assert.ok(lastPrompt(world.sandbox).includes(CAT))
  assert.ok(lastPrompt(world.sandbox).includes(SUMMARY))
})
