import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Person } from '#test/people'
import { startWorld } from '#test/world'

const world = await startWorld(undefined, { env: { QUIET_HOURS: '23:00-08:00' } })
let people = 0

async function somebody(t: TestContext): Promise<Person> {
  people += 1
  const person = new Person(world.vitte.url, t)
  await person.signInByMail(world.sandbox, `settings${people}@example.org`)
  return person
}

const change = (person: Person, body: object) => person.client.call('/api/me', { method: 'PATCH', body })

test('nobody is written to first before saying yes, and quiet hours are the installation’s until they are chosen', async (t) => {
  const person = await somebody(t)
  assert.deepEqual((await person.me()).user.proactive, { enabled: false, chosen: false, quietHours: '23:00-08:00' })
  await change(person, { proactive: { enabled: true } })
  assert.deepEqual((await person.me()).user.proactive, { enabled: true, chosen: true, quietHours: '23:00-08:00' })
  await change(person, { proactive: { enabled: true, quietHours: '21:30-10:00' } })
  await change(person, { proactive: { enabled: false } })
  assert.deepEqual((await person.me()).user.proactive, { enabled: false, chosen: true, quietHours: '21:30-10:00' })
})

test('a setting that makes no sense is refused as a whole, and nothing changes', async (t) => {
  const person = await somebody(t)
  const before = (await person.me()).user
  for (const wrong of [
    { proactive: { quietHours: '25:00-09:00' } },
    { proactive: { quietHours: 'ночью' } },
    { proactive: { quietHours: '08:00-08:00' } },
    { proactive: { enabled: 'yes' } },
    { timezone: 'Moon/Crater', locale: 'en' },
    { locale: 'fr' },
    { unknown: 1 },
  ]) {
    assert.equal((await change(person, wrong)).status, 422, JSON.stringify(wrong))
  }
  assert.deepEqual((await person.me()).user, before)
})

test('a time zone is kept as its name is written, whatever the case it came in', async (t) => {
  const person = await somebody(t)
  await change(person, { timezone: 'europe/moscow' })
  assert.equal((await person.me()).user.timezone, 'Europe/Moscow')
})

test('of companions the page is told who they are, and of conversations until when they can come back', async (t) => {
  const person = await somebody(t)
  const [persona] = await person.personas()
  assert.ok(persona && persona.description.length > 0)
  await person.startConversation('arina')
  await person.startConversation('cassandra')
  type List = { conversations: { status: string; restorableUntil: string | null }[] }
  const { body } = await person.client.call<List>('/api/conversations')
  assert.deepEqual(
    body.conversations.map(({ status, restorableUntil }) => [status, restorableUntil !== null]),
    [
      ['active', false],
      ['archived', true],
    ],
  )
})

test('a conversation archived thirty days ago does not come back, and the present one stays', async (t) => {
  const person = await somebody(t)
  const old = await person.startConversation('arina')
  const present = await person.startConversation('cassandra')
  await world.database.pool.query("UPDATE conversations SET archived_at = now() - interval '31 days' WHERE id = $1", [
    old.id,
  ])
  const { status, body } = await person.client.call<{ code: string }>(`/api/conversations/${old.id}/restore`, {
    method: 'POST',
  })
  assert.deepEqual([status, body.code], [404, 'conversation_gone'])
  assert.equal((await person.me()).conversation?.id, present.id)
})

test('bad choices: unknown companion, unknown story, another one’s story: a clear answer, and nothing begins', async (t) => {
  const person = await somebody(t)
  const begin = (body: object) => person.client.call<{ code: string }>('/api/conversations', { body })
  const answers = [
    await begin({ personaId: 'nobody' }),
    await begin({ personaId: 'arina', storyId: 'nowhere' }),
    await begin({ personaId: 'arina', storyId: 'night-train' }),
  ]
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.code]),
    [
      [404, 'persona_unknown'],
      [404, 'story_unknown'],
      [404, 'story_unknown'],
    ],
  )
  assert.equal((await person.me()).conversation, null)
})
