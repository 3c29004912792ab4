import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { lockUser, setReachability, updateUser } from '#domain/identity'
import { changeUser, judge, sayFirst } from '#domain/proactive'
import { ModelFailure } from '#platform/llm'
import { type Executor, inTransaction } from '#platform/postgres'
import { holdUser } from '#test/hold-user'
import { openSilence } from '#test/silence'

const silence = await openSilence()
const { db } = silence

/** Silent for so long that the first moment has come. */
async function silentTalker() {
  const person = await silence.newTalker()
  await silence.say(person.userId, 'Мой кот ест лимоны')
  await silence.silentFor(person.userId, 72)
  return person
}

test('what is said is a line of the history in the bot, owed behind everything else, with a way to end it, and free', async () => {
  const { userId } = await silentTalker()
  const { rows: before } = await sql`SELECT * FROM ledger_transfers WHERE user_id = ${userId}`.execute(db)
  assert.ok(await silence.engage(userId, 'А мой фикус не ест ничего.'))
  assert.deepEqual(await silence.heard(userId), ['А мой фикус не ест ничего.'])
  assert.deepEqual(await silence.owed(userId), [{ purpose: 'proactive', state: 'pending', buttons: 'proactive_off' }])
  assert.deepEqual(await silence.initiatives(userId), [['0', null]])
  const { rows: after } = await sql`SELECT * FROM ledger_transfers WHERE user_id = ${userId}`.execute(db)
  assert.equal(after.length, before.length)
  assert.deepEqual(await silence.look(userId), { moment: 1, said: 1, phase: 'waiting', dueInHours: 144 })
  assert.ok(silence.measured.some(([kind, outcome]) => kind === 'engagement' && outcome === 'said'))
})

test('the model knows the persona and the talk, and is told not to reproach anybody', async () => {
  const { userId } = await silentTalker()
  let asked = ''
  await silence.engage(userId, ({ system, last }) => {
    asked = `${system}\n${last}`
    return 'Лимоны подорожали.'
  })
  assert.match(asked, /Ты Арина/)
  assert.match(asked, /Не упоминай молчание/)
  assert.match(asked, /не упрекай/)
})

test('two ignored ones are the end of it, until the person writes', async () => {
  const { userId } = await silentTalker()
  assert.ok(await silence.engage(userId))
  await silence.silentFor(userId, 144)
  assert.ok(await silence.engage(userId))
  await silence.silentFor(userId, 504)
  assert.equal(await silence.engage(userId), false)
  for (const hours of [72, 72, 720]) {
    await silence.silentFor(userId, hours)
    assert.equal(await silence.engage(userId), false)
  }
  assert.deepEqual(await silence.initiatives(userId), [
    ['0', null],
    ['1', null],
    ['2', 'ignored'],
  ])
  await silence.say(userId, 'Снова я')
  // Time was moved, the names of moments were not: an hour more, so that no two silences seem to be one.
  await silence.silentFor(userId, 73)
  assert.ok(await silence.engage(userId), 'a new silence')
  assert.equal((await silence.heard(userId)).length, 3)
})

test('without a model one of her author’s lines is said, and another the next time', async () => {
  const { userId } = await silentTalker()
  const { openers = [] } = silence.catalogue.localized('arina', 'ru') ?? {}
  const fail = () => {
    throw new ModelFailure('model_unavailable')
  }
  await silence.engage(userId, fail)
  await silence.silentFor(userId, 144)
  await silence.engage(userId, fail)
  const heard = await silence.heard(userId)
  assert.equal(new Set(heard).size, 2)
  assert.ok(
    heard.every((text) => openers.includes(text)),
    heard.join('\n'),
  )
})

test('an empty answer, or one far too long, is none', async () => {
  for (const answer of ['  \n', 'а'.repeat(5_000)]) {
    const { userId } = await silentTalker()
    await silence.engage(userId, answer)
    const { openers = [] } = silence.catalogue.localized('arina', 'ru') ?? {}
    assert.ok(openers.includes((await silence.heard(userId))[0] ?? ''))
  }
})

test('everything is asked once more when it is said: what changed while the model wrote counts', async () => {
  const cases: [
    string,
    (userId: string, telegramId: string) => Promise<unknown>,
    [string | undefined, string | null][],
  ][] = [
    ['blocked', (_, id) => setReachability(db, 'telegram', id, 'blocked'), [['0', 'unreachable']]],
    ['said no', (id) => updateUser(db, id, { proactiveEnabled: false }), [['0', 'off']]],
    ['wrote', (id) => silence.say(id, 'Вот и я'), []],
    ['heard something else today', (id) => heardAnother(id), [[undefined, null]]],
  ]
  for (const [name, change, noted] of cases) {
    const { userId, telegramId } = await silentTalker()
    await silence.plan()
    const job = await silence.take(userId)
    assert.ok(job, name)
    await silence.write(job, async () => {
      await change(userId, telegramId)
      return 'Поздно.'
    })
    assert.deepEqual(await silence.initiatives(userId), noted, name)
    assert.deepEqual(await silence.heard(userId), [], name)
    assert.equal((await silence.look(userId))?.phase, 'waiting', name)
  }
})

/** A campaign came first. */
async function heardAnother(userId: string): Promise<void> {
  await sql`INSERT INTO initiatives (user_id, kind, cause) VALUES (${userId}, 'campaign', 'другое')`.execute(db)
}

test('the same moment written by two who both believe that it is theirs is said once', async () => {
  const { userId } = await silentTalker()
  await silence.plan()
  const first = await silence.take(userId)
  await silence.comeDue(userId)
  const second = await silence.take(userId)
  assert.ok(first && second)
  await Promise.all([silence.write(first, 'раз'), silence.write(second, 'два')])
  assert.equal((await silence.heard(userId)).length, 1)
  assert.equal((await silence.owed(userId)).length, 1)
})

test('while the person is held by somebody else it waits, and is said then', async () => {
  const { userId } = await silentTalker()
  await silence.plan()
  const job = await silence.take(userId)
  assert.ok(job)
  const release = await holdUser(silence, userId)
  const writing = silence.write(job, 'потом')
  await release()
  await writing
  assert.deepEqual(await silence.heard(userId), ['потом'])
})

test('a late first one puts the second off: never two close together', async () => {
  const { userId } = await silence.newTalker()
  await silence.silentFor(userId, 400)
  await silence.engage(userId)
  assert.deepEqual(await silence.look(userId), { moment: 1, said: 1, phase: 'waiting', dueInHours: 72 })
})

test('while very many wait to be sent none is added, and the moment is kept', async () => {
  const { userId } = await silentTalker()
  await sql`
    INSERT INTO deliveries (id, user_id, channel, interface, address, message_id, purpose, state, due_at)
    SELECT gen_random_uuid(), gen_random_uuid(), 'telegram', 'bot', gen_random_uuid(), gen_random_uuid(), 'proactive',
      'pending', now() FROM generate_series(1, 1000)`.execute(db)
  await silence.engage(userId)
  assert.deepEqual(await silence.heard(userId), [])
  assert.deepEqual(await silence.initiatives(userId), [])
  assert.equal((await silence.look(userId))?.phase, 'waiting')
  await sql`DELETE FROM deliveries WHERE state = 'pending'`.execute(db)
  await silence.comeDue(userId)
  assert.ok(await silence.engage(userId, 'теперь'))
  assert.deepEqual(await silence.heard(userId), ['теперь'])
})

test('while an answer to them is still to come nothing is said first', async () => {
  const { userId, telegramId } = await silence.newTalker()
  const displayName = 'Н'
  const identity = {
    provider: 'telegram',
    externalId: telegramId,
    channel: 'telegram',
    displayName,
    locale: 'ru',
  } as const
  const place = { channel: 'telegram', interface: 'bot', contentType: 'text', address: telegramId } as const
  const message = { source: 'test', key: telegramId, sender: { identity }, ...place, text: 'Ты здесь?', sentAt: null }
  assert.equal((await silence.receive(message)).outcome, 'accepted')
  await silence.silentFor(userId, 72)
  await silence.engage(userId)
  assert.deepEqual(await silence.initiatives(userId), [])
  await sql`UPDATE turns SET state = 'failed', due_at = NULL WHERE user_id = ${userId}`.execute(db)
  await silence.comeDue(userId)
  await silence.engage(userId, 'Я здесь.')
  assert.deepEqual(await silence.heard(userId), ['Я здесь.'])
})

test('a no takes back what nobody has begun to send, and leaves a reminder alone', async () => {
  const { userId } = await silentTalker()
  await silence.engage(userId)
  await inTransaction(db, (tx) => sayReminderTo(tx, userId))
  await inTransaction(db, (tx) => changeUser(tx, userId, { proactiveEnabled: false }))
  assert.deepEqual(
    (await silence.owed(userId)).map(({ state }) => state),
    ['failed', 'pending'],
  )
})

async function sayReminderTo(tx: Executor, userId: string): Promise<void> {
  const user = await lockUser(tx, userId)
  const verdict = await judge(tx, { userId, kind: 'reminder' }, { quietHours: 'none', dailyCap: 1 })
  assert.ok(user && verdict && 'say' in verdict)
  const said = { kind: 'reminder', cause: 'r', text: 'Чай', buttons: null } as const
  await sayFirst(silence.settle, tx, user, { ...said, ...verdict.say })
}

test('who goes over to another companion while the text is written hears nothing of the first in her name', async () => {
  const { userId } = await silentTalker()
  await silence.plan()
  const job = await silence.take(userId)
  assert.ok(job)
  await silence.write(job, async () => {
    await silence.begin(userId, 'cassandra')
    return 'Это Арина.'
  })
  assert.deepEqual(await silence.heard(userId), [])
  assert.equal((await silence.look(userId))?.phase, 'waiting')
  await silence.comeDue(userId)
  assert.ok(await silence.engage(userId, 'Это Кассандра.'))
  assert.deepEqual(await silence.heard(userId), ['Это Кассандра.'])
})

test('a no takes back also what Telegram turned away each time, and nothing that may have come', async () => {
  for (const [outcome, state] of [
    ['retry', 'failed'],
    ['unknown', 'pending'],
    [null, 'pending'],
  ]) {
    const { userId } = await silentTalker()
    await silence.engage(userId)
    await sql`
      INSERT INTO delivery_attempts (delivery_id, attempt, outcome)
      SELECT id, 1, ${outcome} FROM deliveries WHERE user_id = ${userId} AND purpose = 'proactive'`.execute(db)
    await inTransaction(db, (tx) => changeUser(tx, userId, { proactiveEnabled: false }))
    assert.equal((await silence.owed(userId))[0]?.state, state, `${outcome}`)
  }
})
