import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Problem, Reminder } from '#contract/api'
import { REMINDER_TEXT_MAX_LENGTH, REMINDERS_OPEN_MAX } from '#contract/limits'
import { granted, Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botPerson } from './bot-steps.ts'

const HOUR_MS = 3_600_000
const world = await startWorld()

const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()
const set = (person: Person, body: object) =>
  person.client.call<{ reminder: Reminder } & Problem>('/api/reminders', { body })
const change = (person: Person, id: string, body: object) =>
  person.client.call<{ reminder: Reminder } & Problem>(`/api/reminders/${id}`, { method: 'PATCH', body })
const cancel = (person: Person, id: string) => person.client.call(`/api/reminders/${id}`, { method: 'DELETE' })
const list = async (person: Person) =>
  granted(await person.client.call<{ reminders: Reminder[] }>('/api/reminders')).reminders

async function reader(t: TestContext, email: string): Promise<Person> {
  const person = new Person(world.vitte.url, t)
  await person.signInByMail(world.sandbox, email)
  return person
}

test('set, changed and cancelled on a page; another open page hears of each', async (t) => {
  const { app } = await botPerson(world, t)
  const page = await app.watch()
  const heard = () => page.events.filter(({ name }) => name === 'reminders').length
  const at = inHours(2)
  const { reminder } = granted(await set(app, { at, text: ' полить цветы ' }), 201)
  assert.deepEqual([reminder.text, reminder.at], ['полить цветы', at])
  await waitFor(() => heard() === 1, { what: 'one event' })
  assert.deepEqual(await list(app), [reminder])
  const sooner = inHours(1)
  const changed = granted(await change(app, reminder.id, { at: sooner })).reminder
  assert.deepEqual(changed, { ...reminder, at: sooner })
  assert.equal(granted(await change(app, reminder.id, { text: 'фикус' })).reminder.text, 'фикус')
  await waitFor(() => heard() === 3, { what: 'three events' })
  assert.equal((await cancel(app, reminder.id)).status, 204)
  assert.equal((await cancel(app, reminder.id)).status, 404)
  assert.deepEqual(await list(app), [])
})

test('what is set on a page comes in the bot', async (t) => {
  const { app, bot } = await botPerson(world, t)
  granted(await set(app, { at: new Date(Date.now() + 1_000).toISOString(), text: 'чай' }), 201)
  await bot.hears((text) => text === '⏰ Вы просили напомнить: чай')
  assert.deepEqual(await list(app), [])
})

test('somebody else’s is not found, and stays as it is', async (t) => {
  const { app } = await botPerson(world, t)
  const { reminder } = granted(await set(app, { at: inHours(1), text: 'чай' }), 201)
  const stranger = await reader(t, 'stranger-reminders@example.org')
  assert.equal((await change(stranger, reminder.id, { text: 'чужое' })).status, 404)
  assert.equal((await cancel(stranger, reminder.id)).status, 404)
  assert.deepEqual(await list(app), [reminder])
})

test('whom Telegram cannot reach is told so: who has none, and who blocked the bot', async (t) => {
  const person = await reader(t, 'web-reminders@example.org')
  const refused = await set(person, { at: inHours(1), text: 'чай' })
  assert.deepEqual([refused.status, refused.body.code], [409, 'telegram_required'])
  const { app, id } = await botPerson(world, t)
  world.sandbox.telegram.block(id)
  await waitFor(async () => (await app.me()).identities.every(({ reachable }) => !reachable), { what: 'a block' })
  assert.equal((await set(app, { at: inHours(1), text: 'чай' })).body.code, 'telegram_required')
})

test('bad input gets a clear answer, and nothing is set', async (t) => {
  const { app } = await botPerson(world, t)
  const refusals: [object, string][] = [
    [{ at: inHours(-1), text: 'чай' }, 'reminder_past'],
    [{ at: inHours(24 * 365 * 6), text: 'чай' }, 'reminder_too_far'],
    [{ at: inHours(1), text: 'я'.repeat(REMINDER_TEXT_MAX_LENGTH + 1) }, 'reminder_too_long'],
    [{ at: inHours(1), text: 'я'.repeat(4_097) }, 'reminder_too_long'],
    [{ at: inHours(1), text: '  ' }, 'invalid_input'],
    [{ at: 'завтра', text: 'чай' }, 'invalid_input'],
    [{ at: '2030-02-30T10:00:00Z', text: 'чай' }, 'invalid_input'],
    [{ at: '2030-01-01T10:00:00', text: 'чай' }, 'invalid_input'],
    [{ at: inHours(1), text: '\u0000' }, 'invalid_input'],
    [{ text: 'чай' }, 'invalid_input'],
    [{ at: inHours(1), text: 'чай', userId: '1' }, 'invalid_input'],
  ]
  for (const [body, code] of refusals) {
    const answer = await set(app, body)
    assert.deepEqual([answer.status, answer.body.code], [422, code], JSON.stringify(body).slice(0, 80))
  }
  assert.deepEqual(await list(app), [])
})

test('the hundred and first is refused in words', async (t) => {
  const { app } = await botPerson(world, t)
  const answers: number[] = []
  for (let asked = 0; asked <= REMINDERS_OPEN_MAX; asked += 1) {
    answers.push((await set(app, { at: inHours(1), text: `дело ${asked}` })).status)
  }
  assert.deepEqual(answers, [...Array(REMINDERS_OPEN_MAX).fill(201), 409])
  assert.equal((await list(app)).length, REMINDERS_OPEN_MAX)
})
