import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Problem } from '#contract/api'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'

const world = await startWorld(undefined, { env: { WELCOME_CREDITS_WEB: 'basic:2' } })
world.sandbox.model.control({ mode: 'echo' })
const site = new Person(world.vitte.url)
const stranger = new Person(world.vitte.url)
await site.signInByMail(world.sandbox, 'reader@example.org')
await stranger.signInByMail(world.sandbox, 'stranger@example.org')

const codeOf = ({ body }: { body: unknown }) => (body as Problem).code

test('before 18+ and before a companion is chosen a question is refused with its reason', async () => {
  const early = await site.post('привет')
  assert.deepEqual([early.status, codeOf(early)], [403, 'adult_confirmation_required'])
  await site.confirmAdult()
  const alone = await site.post('привет')
  assert.deepEqual([alone.status, codeOf(alone)], [409, 'no_active_conversation'])
  await site.startConversation('arina')
})

test('what is no message is refused and leaves nothing', async () => {
  const before = (await site.history()).length
  for (const text of ['', '   ', 'а'.repeat(4097), '\ud800', 'a\0b', 42, null, ['x']]) {
    const answer = await site.client.call('/api/messages', {
      body: { text },
      headers: { 'idempotency-key': randomUUID() },
    })
    assert.equal(answer.status, 422, JSON.stringify(text)?.slice(0, 20))
  }
  const unknownField = { body: { text: 'да', channel: 'telegram' }, headers: { 'idempotency-key': randomUUID() } }
  assert.equal((await site.client.call('/api/messages', unknownField)).status, 422)
  assert.equal((await site.client.call('/api/messages', { body: { text: 'да' } })).status, 400)
  assert.equal((await site.post('да', 'not-a-uuid')).status, 400)
  const broken = await fetch(new URL('/api/messages', world.vitte.url), {
    method: 'POST',
    body: '{"text":',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      origin: world.vitte.url,
      cookie: [...site.client.cookies()].map(([name, value]) => `${name}=${value}`).join('; '),
    },
  })
  assert.equal(broken.status, 400)
  assert.equal((await site.history()).length, before)
})

test('the longest message is 4096 characters, and the same key gives the same answer', async () => {
  const key = randomUUID()
  const text = `${'слово '.repeat(682)}край`
  assert.equal(text.length, 4096)
  const first = await site.post(text, key)
  assert.equal(first.status, 202)
  const again = await site.post(text, key)
  assert.deepEqual([again.status, again.headers.get('idempotency-replayed')], [202, 'true'])
  assert.deepEqual(again.body, first.body)
  const other = await site.post('другое', key)
  assert.deepEqual([other.status, codeOf(other)], [422, 'idempotency_mismatch'])
})

test('without credits a question is refused and nothing is written', async () => {
  await site.talk('последний кредит')
  const before = (await site.history()).length
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => site.post(`даром ${index}`)))
  assert.deepEqual(
    [...new Set(answers.map((answer) => `${answer.status} ${codeOf(answer)}`))],
    ['402 insufficient_credits'],
  )
  assert.equal((await site.history()).length, before)
  assert.equal((await site.me()).credits.basic, 0)
})

test('ids that are unknown or somebody else’s are all alike', async () => {
  const turnId = (await site.history()).find(({ turn }) => turn)?.turn?.id
  const conversationId = (await site.me()).conversation?.id
  await stranger.confirmAdult()
  for (const id of [turnId, randomUUID(), 'x', '../me']) {
    for (const deed of ['cancel', 'retry', 'report']) {
      const answer = await stranger.client.call(`/api/turns/${encodeURIComponent(String(id))}/${deed}`, {
        method: 'POST',
      })
      assert.equal(answer.status, 404)
    }
  }
  const theirs = await stranger.client.call(`/api/conversations/${conversationId}/restore`, { method: 'POST' })
  assert.equal(theirs.status, 404)
  assert.equal((await stranger.client.call('/api/conversations', { body: { personaId: 'nobody' } })).status, 404)
  assert.equal(
    (await stranger.client.call('/api/conversations', { body: { personaId: 'arina', storyId: 'closing-hour' } }))
      .status,
    404,
  )
})

test('nobody gets in without a session, and a page elsewhere cannot write', async () => {
  const nobody = new Person(world.vitte.url)
  for (const path of [
    '/api/me',
    '/api/messages',
    '/api/personas',
    '/api/conversations',
    '/api/events',
    '/api/credits/entries',
  ]) {
    assert.equal((await nobody.client.call(path)).status, 401, path)
  }
  const foreign = await site.client.call('/api/me', {
    method: 'PATCH',
    body: { locale: 'en' },
    headers: { origin: 'https://evil.example' },
  })
  assert.equal(foreign.status, 403)
  assert.equal((await site.me()).user.locale, 'ru')
})

test('errors speak the reader’s language', async () => {
  const russian = (await site.post('', randomUUID())).body as unknown as Problem
  assert.match(russian.detail, /[а-я]/i)
  const nobody = new Person(world.vitte.url)
  nobody.client.language = 'en'
  const english = (await nobody.client.call<Problem>('/api/me')).body
  assert.match(english.detail, /^[\x20-\x7e’]+$/)
})

test('asking again is no way around 18+', async (t) => {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Нет', languageCode: 'ru' })
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(world.sandbox, id)
  world.sandbox.telegram.sendText(id, 'а мне можно?')
  await miniApp.startConversation('arina')
  world.sandbox.telegram.sendText(id, 'а теперь?')
  const turns = await waitFor(async () => {
    const kept = (await miniApp.history()).flatMap(({ turn }) => (turn ? [turn] : []))
    return kept.length === 2 ? kept : null
  })
  for (const turn of turns) {
    const answer = await miniApp.client.call(`/api/turns/${turn.id}/retry`, { method: 'POST' })
    assert.equal(answer.status, 403)
  }
})

test('somebody who begins talk after talk is asked to slow down, and the last one stands', async (t) => {
  const person = new Person(world.vitte.url, t)
  await person.signInByMail(world.sandbox, 'restless@example.org')
  const begin = () => person.client.call('/api/conversations', { body: { personaId: 'arina' } })
  const statuses: number[] = []
  while (statuses.length < 100 && statuses.at(-1) !== 429) statuses.push((await begin()).status)
  assert.equal(statuses.at(-1), 429)
  assert.equal((await begin()).headers.has('retry-after'), true)
  assert.equal((await person.me()).conversation?.status, 'active')
})
