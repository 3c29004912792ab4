import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectRedis } from '#platform/redis'
import { Person } from '#test/people'
import { atEnd, wholeFile } from '#test/scope'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { leave, letTheDayPass } from './leaving-steps.ts'
import { lastPrompt } from './memory-steps.ts'

// Recent messages are cached in Redis, and the prompt is the same whether they are there or not.
const world = await startWorld(undefined, { redis: true })
const { model } = world.sandbox
model.control({ mode: 'echo' })
const redis = await connectRedis({ url: world.redis?.url ?? '', log })
atEnd(wholeFile, () => redis.destroy())
await waitFor(() => redis.isReady)
const person = new Person(world.vitte.url)
await person.signInByMail(world.sandbox, 'recent@example.org')
await person.confirmAdult()
await person.startConversation('arina')

const cached = async () => (await redis.send('recent', ['KEYS', 'recent:*'])) as string[]

/** How recent messages were come by so far, as Prometheus reads it. */
async function reads(outcome: string): Promise<number> {
  const { body } = await person.client.call<string>('/metrics')
  const line = body.split('\n').find((each) => each.startsWith(`vitte_recent_reads_total{outcome="${outcome}"} `))
  return Number(line?.split(' ')[1] ?? 0)
}

test('what was said before is in the next prompt: cached, flushed, and with Redis gone and back', async () => {
  await person.talk('the heron stands in the reeds')
  await person.talk('what stands there?')
  assert.ok(lastPrompt(world.sandbox).includes('heron'))
  assert.equal(await reads('hit'), 1)
  await redis.send('all', ['FLUSHALL'])
  await person.talk('and now?')
  assert.ok(lastPrompt(world.sandbox).includes('heron'))
  await world.redis?.stop()
  await person.talk('still?')
  assert.ok(lastPrompt(world.sandbox).includes('heron'))
  await world.redis?.start()
  await person.talk('at last?')
  assert.ok(lastPrompt(world.sandbox).includes('heron'))
})

test('of a person who is forgotten nothing stays in Redis', async () => {
  await waitFor(() => redis.isReady)
  const another = new Person(world.vitte.url)
  const { id } = await another.signInByMail(world.sandbox, 'leaving@example.org')
  await another.confirmAdult()
  const before = (await cached()).length
  // A Redis that was slow for a moment is left alone for two seconds; each new talk is put in anew.
  const isCached = async () => {
    await another.startConversation('arina')
    await another.talk('the heron has flown')
    return (await cached()).length === before + 1
  }
  await waitFor(isCached, { what: 'the talk in Redis' })
  assert.equal((await leave(another)).status, 202)
  await letTheDayPass(world, id)
  await waitFor(async () => (await cached()).length === before, { what: 'an empty place in Redis' })
})
