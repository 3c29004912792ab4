import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'

const PEOPLE = 5
/** As many in a row as make the product leave a provider alone. */
const FAILURES = 10

const world = await startWorld()
const { model } = world.sandbox
model.control({ mode: 'echo' })

test('however many readings fail at once, every question gets its reply', async (t) => {
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, async (_, index) => {
      const person = new Person(world.vitte.url, t)
      await person.signInByMail(world.sandbox, `reading${index}@example.org`)
      await person.confirmAdult()
      await person.startConversation('arina')
      await person.talk('У меня живёт кот')
      return person
    }),
  )
  model.control({ digest: { failures: [{ kind: '500', times: null }] } })
  await Promise.all(people.map((person) => person.memory()))
  await waitFor(() => model.digests().length >= FAILURES, { what: 'readings that fail' })
  for (const person of people) assert.equal((await person.talk('Ты здесь?')).text, 'Ты здесь?')
})
