import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { activeConversation } from '#domain/conversations'
import { lockUser } from '#domain/identity'
import { USER_DAILY_TOKENS_MAX } from '#domain/spending'
import { type LanguageModel, tokensOf } from '#platform/llm'
import { inTransaction } from '#platform/postgres'
import { openRooms } from '#test/rooms'
import { silentLog } from '#test/silent-log'
import { digestTalk, type LeasedMemory } from './digest-talk.ts'
import { createMemory } from './index.ts'
import { noteReply } from './memory-queue-store.ts'

const SMALL_WINDOW_TOKENS = 8_000
/** After so many tries a talk that is not read waits no longer. */
const TRIES_MAX = 6

/** What one reading takes. */
const READING = { input: 900, output: 100 }

const rooms = await openRooms()
const { db, vault, keyRing, history } = rooms
const memory = createMemory({ vault, keys: keyRing })

interface Given {
  known: string[]
  lines: { n: number; who: string; text: string }[]
}
type Answer = (given: Given) => unknown

/** Draws every line of the person's own that is not known yet. */
const drawAll: Answer = ({ known, lines }) => ({
  summary: 'пересказ',
  facts: lines
    .filter(({ who, text }) => who === 'person' && !known.includes(text))
    .map(({ n: line, text }) => ({ line, text })),
})

async function talker(): Promise<string> {
  const { userId } = await rooms.newPerson()
  await rooms.begin(userId, 'arina')
  return userId
}

async function say(userId: string, ...texts: string[]): Promise<void> {
  const conversation = await activeConversation(db, userId)
  assert.ok(conversation)
  const place = { channel: 'web', interface: 'browser', contentType: 'text', role: 'user' } as const
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    assert.ok(user)
    for (const text of texts) {
      await history.append(tx, user, { ...place, conversationId: conversation.id, turnId: null, text })
    }
    await noteReply(tx, userId, conversation.id)
  })
}

/** One reading by a model that answers so; `tries`: which of several in a row it is. */
async function read(userId: string, answer: Answer, tries = 1): Promise<void> {
  const { rows } = await sql<LeasedMemory>`
    UPDATE memories SET lease_token = lease_token + 1, lease_attempts = ${tries}
    WHERE user_id = ${userId} AND due_at IS NOT NULL RETURNING user_id, conversation_id, lease_token, lease_attempts
  `.execute(db)
  const [job] = rows
  assert.ok(job)
  const model: LanguageModel = {
    name: 'test',
    contextTokens: SMALL_WINDOW_TOKENS,
    isDemonstration: true,
    async *streamReply({ messages, onUse }) {
      onUse?.(READING)
      const said = answer(JSON.parse(messages[0]?.text ?? '{}'))
      yield typeof said === 'string' ? said : JSON.stringify(said)
    },
  }
  const rest = { keptLines: async () => new Set<string>(), onFacts() {}, log: silentLog }
  await digestTalk({ db, history, memory, vault, keys: keyRing, model, ...rest }, job, new AbortController().signal)
}

const facts = async (userId: string) => (await memory.list(db, userId, () => [])).map(({ text }) => text)

test('what the person rewrote does not come back in the words of its line when all is read anew', async () => {
  const userId = await talker()
  await say(userId, 'У меня кот Барсик', 'Люблю дождь')
  await read(userId, drawAll)
  const [cat, rain] = await memory.list(db, userId, () => [])
  await inTransaction(db, (tx) => memory.edit(tx, userId, cat?.id ?? '', 'Есть пёс Рекс'))
  await inTransaction(db, (tx) => memory.forget(tx, userId, rain?.id ?? ''))
  await read(userId, drawAll)
  assert.deepEqual(await facts(userId), ['Есть пёс Рекс'])
})

test('lines that a model answers with words of its own are passed over in the end', async () => {
  const userId = await talker()
  await say(userId, 'о чём модель не говорит')
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) await read(userId, () => 'С этим не помогу.', tries)
  await say(userId, 'Меня зовут Вера')
  await read(userId, drawAll)
  assert.deepEqual(await facts(userId), ['Меня зовут Вера'])
})

test('a fact of another shape costs nothing but itself', async () => {
  const userId = await talker()
  await say(userId, 'Меня зовут Вера')
  const odd = [{ line: 'два', text: 'Пусто' }, { text: 'Ниоткуда' }, null, { line: '2', text: 'Зовут Вера' }]
  await read(userId, () => ({ summary: 'пересказ', facts: odd }))
  assert.deepEqual(await facts(userId), ['Зовут Вера'])
})

test('no more is read at once than the model can take in, and the rest after it', async () => {
  const userId = await talker()
  await say(userId, ...Array.from({ length: 20 }, (_, index) => `${index} ${'я'.repeat(1_000)}`))
  const seen: string[] = []
  for (let runs = 0; seen.length < 21; runs += 1) {
    assert.ok(runs < 21)
    await read(userId, (given) => {
      assert.ok(tokensOf(JSON.stringify(given)) < SMALL_WINDOW_TOKENS)
      seen.push(...given.lines.map(({ text }) => text))
      return { summary: 'пересказ', facts: [] }
    })
  }
  assert.equal(new Set(seen).size, 21)
})

test('what a reply made due after its talk was archived is read by nobody, and goes in time', async () => {
  const userId = await talker()
  await say(userId, 'У меня кот')
  const left = await activeConversation(db, userId)
  await rooms.begin(userId, 'cassandra')
  await inTransaction(db, (tx) => noteReply(tx, userId, left?.id ?? ''))
  await read(userId, () => assert.fail('an archived talk was read'))
  const { rows } = await sql<{ kept: boolean }>`
    SELECT expires_at IS NULL AS kept FROM memories WHERE user_id = ${userId} AND conversation_id = ${left?.id}
  `.execute(db)
  assert.deepEqual(rows, [{ kept: false }])
})

test("readings are of the person's day, whatever comes of them; when it is over they rest until the next", async () => {
  const userId = await talker()
  const tokens = async () => {
    const { rows } = await sql<{ tokens: number }>`
      SELECT tokens::integer AS tokens FROM user_days WHERE user_id = ${userId} AND replies = 0`.execute(db)
    return rows[0]?.tokens
  }
  await say(userId, 'Меня зовут Вера')
  await read(userId, () => 'С этим не помогу.')
  await read(userId, drawAll, 2)
  assert.equal(await tokens(), 2 * (READING.input + READING.output))
  await sql`UPDATE user_days SET tokens = ${USER_DAILY_TOKENS_MAX} WHERE user_id = ${userId}`.execute(db)
  await say(userId, 'У меня кот Барсик')
  const asked = () => assert.fail('the model was asked')
  await read(userId, asked)
  assert.deepEqual(await facts(userId), ['Меня зовут Вера'])
  await sql`UPDATE user_days SET day = day - 1 WHERE user_id = ${userId}`.execute(db)
  await read(userId, drawAll, 2)
  assert.deepEqual(await facts(userId), ['Меня зовут Вера', 'У меня кот Барсик'])
})
