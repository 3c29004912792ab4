import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { holdUser } from '#test/hold-user'
import type { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld, type World } from '#test/world'
import { telegramUser } from '../journeys/link-steps.ts'

/** More than the accept path, and more than the whole process, has connections. */
const MANY = 20

/** Two people who talk with Arina; the first is held as by a long merge. */
async function oneHeld(world: World, t: TestContext) {
  const held = await telegramUser(world, t, ['до того'])
  const other = await telegramUser(world, t, ['до того'])
  // The delivery of the last answer is recorded under the same lock.
  await waitFor(async () => (await held.site.history()).every(({ delivery }) => delivery?.status !== 'pending'))
  const release = await holdUser(world.database, held.userId)
  t.after(release)
  return { held, other, release }
}

/** Does as a page does, the same again as long as it is told 503. */
function insist(deed: () => Promise<{ status: number }>): Promise<number> {
  const again = async () => {
    const { status } = await deed()
    return status === 503 ? null : status
  }
  return waitFor(again, { deadlineMs: 120_000 })
}

function post(site: Person, text: string): Promise<number> {
  const key = randomUUID()
  return insist(() => site.post(text, key))
}

function cancelNothing(site: Person): Promise<number> {
  return insist(() => site.client.call(`/api/turns/${randomUUID()}/cancel`, { method: 'POST' }))
}

async function asked(site: Person, place: string): Promise<string[]> {
  const lines = (await site.history()).filter(({ role, interface: lane }) => role === 'user' && lane === place)
  return lines.map(({ text }) => text).filter((text) => text !== 'до того')
}

function numbered(word: string): string[] {
  return Array.from({ length: MANY }, (_, index) => `${word} ${index}`)
}

for (const mode of ['polling', 'webhook']) {
  test(`while one person is held, all others are served (${mode}), and nothing of the held one is lost`, async (t) => {
    const world = await startWorld(t, { env: { TELEGRAM_MODE: mode, WELCOME_CREDITS_TELEGRAM: 'basic:100' } })
    world.sandbox.model.control({ mode: 'echo' })
    const { held, other, release } = await oneHeld(world, t)
    let done = 0
    const count = (status: number) => {
      done += 1
      return status
    }
    for (const text of numbered('бот')) held.bot.send(text)
    const pages = numbered('сайт').map((text) => post(held.site, text).then(count))
    const deeds = numbered('дело').map(() => cancelNothing(held.site).then(count))

    await other.site.talk('с сайта')
    await other.site.startConversation('arina')
    other.bot.send('из бота')
    await other.bot.hears((text) => text === 'из бота')
    other.bot.send('/credits')
    await other.bot.hears((text) => text.includes('97'))
    assert.equal(done, 0, 'all of that while the first one was still held')
    assert.deepEqual(await asked(held.site, 'bot'), [])

    await release()
    assert.deepEqual([...new Set(await Promise.all(pages))], [202])
    assert.deepEqual([...new Set(await Promise.all(deeds))], [404])
    await waitFor(async () => (await asked(held.site, 'bot')).length >= MANY)
    assert.deepEqual(await asked(held.site, 'bot'), numbered('бот'))
    assert.deepEqual((await asked(held.site, 'browser')).toSorted(), numbered('сайт').toSorted())
  })
}
