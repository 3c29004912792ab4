import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Person } from '#test/people'
import { startInVain } from '#test/vitte'
import { startWorld } from '#test/world'
import { enterBot } from '../journeys/bot-chat.ts'
import { layKeys, runKeys, startKeys } from '../journeys/key-steps.ts'
import { createRandom } from '../simulate/random.ts'

const SEED = 9
const KILLS = 20
const KEYS_LAID = 20_000
const KEYS_LAID_EACH_TIME = 1_000
/** From the first steps of the command to the middle of its work. */
const KILL_FIRST_MS = 300
const KILL_SPREAD_MS = 2_000
const WRITE_PAUSE_MS = 250
const [FORMER, NEXT] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')] as const
const BOTH = { MASTER_KEY: NEXT, MASTER_KEY_PREVIOUS: FORMER }

test('the master key is changed under people who write, by a command that is killed again and again; everything opens after', async (t) => {
  const world = await startWorld(t, { redis: true, env: { MASTER_KEY: FORMER, WELCOME_CREDITS_WEB: 'basic:1000' } })
  const { sandbox, database } = world
  const { id: telegramId } = sandbox.telegram.addPerson({ firstName: 'Вера' })
  await enterBot(sandbox, telegramId)
  const early = await newReader(world, 'early@example.org', world.vitte.url)
  const { connectionString: DATABASE_URL } = database
  const REDIS_URL = world.redis?.url ?? ''
  const tooEarly = await runKeys('rotate', { DATABASE_URL, ...BOTH })
  assert.equal(tooEarly.code, 1)
  assert.match(tooEarly.said, /start all of them with MASTER_KEY and MASTER_KEY_PREVIOUS/)
  await world.vitte.stop()
  const again = { PORT: world.vitte.env.PORT ?? '' }
  const vitte = await world.startAnother({ ...again, ...BOTH })
  await layKeys(database, FORMER, KEYS_LAID)

  const writing = writeUntilTold(early)
  const people = [early]
  await rotateAndKill(DATABASE_URL, async (round) => {
    if (round % 5 === 0) people.push(await newReader(world, `reader${round}@example.org`, vitte.url))
    await layKeys(database, FORMER, KEYS_LAID_EACH_TIME)
  })
  const { rows } = await database.pool.query('SELECT next_fingerprint FROM installation')
  assert.ok(rows[0]?.next_fingerprint, `seed ${SEED}: the change has begun and is not at its end`)
  await refused({ DATABASE_URL, REDIS_URL, MASTER_KEY: FORMER }, /is being changed/)
  await refused({ DATABASE_URL, REDIS_URL, MASTER_KEY: NEXT }, /MASTER_KEY_PREVIOUS/)

  const done = await runKeys('rotate', { DATABASE_URL, ...BOTH })
  assert.equal(done.code, 0, done.said)
  const written = await writing.stop()
  assert.match((await runKeys('status', { DATABASE_URL, MASTER_KEY: NEXT })).said, /under another: 0/)
  await vitte.stop()
  await refused({ DATABASE_URL, REDIS_URL, MASTER_KEY: FORMER }, /has been changed/)

  const after = await world.startAnother({ ...again, MASTER_KEY: NEXT })
  for (const person of people) {
    const lines = (await person.at(after.url).history()).filter(({ role }) => role === 'user')
    assert.ok(lines.length > 0 && lines.every(({ text }) => text.startsWith('строка ')))
  }
  const kept = (await early.at(after.url).history()).filter(({ role }) => role === 'user').map(({ text }) => text)
  assert.deepEqual(kept.slice(-written.length), written)
  await early.at(after.url).talk('строка после всего')

  // Whoever leaves and comes back is known by a keyed hash that was written under the former key.
  await database.pool.query("DELETE FROM identities WHERE provider = 'telegram'")
  await enterBot(sandbox, telegramId)
  const app = new Person(after.url, t)
  await app.openMiniApp(sandbox, telegramId)
  assert.deepEqual((await app.me()).credits, { basic: 0, pro: 0, cassandra: 0 }, 'no second welcome')
})

/** Each time at another point between the first steps of the command and the middle of its work. */
async function rotateAndKill(DATABASE_URL: string, afterwards: (round: number) => Promise<void>): Promise<void> {
  const random = createRandom(SEED)
  let killed = 0
  for (let round = 0; round < KILLS; round++) {
    const command = startKeys('rotate', { DATABASE_URL, ...BOTH })
    await sleep(KILL_FIRST_MS + random.int(KILL_SPREAD_MS))
    command.kill('SIGKILL')
    if ((await command.exited) === 'SIGKILL') killed += 1
    await afterwards(round)
  }
  assert.ok(killed >= KILLS / 2, `${killed} were killed before their end`)
}

async function refused(env: Record<string, string>, says: RegExp): Promise<void> {
  const { code, said } = await startInVain(env)
  assert.equal(code, 1)
  assert.match(said, says)
}

async function newReader(
  { sandbox }: Awaited<ReturnType<typeof startWorld>>,
  mail: string,
  url: string,
): Promise<Person> {
  const person = new Person(url)
  await person.signInByMail(sandbox, mail)
  await person.confirmAdult()
  await person.startConversation('arina')
  await person.talk('строка первая')
  return person
}

/** Somebody who asks one question after the other; gives those that were taken. */
function writeUntilTold(person: Person): { stop(): Promise<string[]> } {
  const written: string[] = []
  let told = false
  const work = (async () => {
    while (!told) {
      const text = `строка ${written.length}`
      await person.talk(text)
      written.push(text)
      // Below the limit of a person in ten seconds.
      await sleep(WRITE_PAUSE_MS)
    }
    return written
  })()
  return {
    stop() {
      told = true
      return work
    },
  }
}
