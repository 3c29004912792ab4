import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { OpenStream } from '#test/event-stream'
import { Person } from '#test/people'
import { startWorld } from '#test/world'
import { connect, said, telegramUser, webUser } from './link-steps.ts'

// An undo while a reply grows: it goes on before the eyes of whoever has its question now, and of nobody else.
const LONG = `длинный ответ ${'слово '.repeat(300)}конец`
/** Of a long answer most is still to come when the undo is done; nobody waits for its end. */
const SLOW_MS = 50

const world = await startWorld()
const { sandbox } = world
const { model } = sandbox
model.control({ mode: 'echo' })

async function bothTalking(t: TestContext) {
  t.after(() => model.control({ delayMsPerWord: 0 }))
  return { telegram: await telegramUser(world, t, ['из бота']), web: await webUser(world, t, ['с сайта']) }
}
type Both = Awaited<ReturnType<typeof bothTalking>>

/** Takes the link back on a page of Telegram's and opens one of the reader's; both pages are open afterwards. */
async function undo({ telegram, web }: Both, telegramPage: OpenStream, t: TestContext) {
  const resets = telegramPage.all('reset').length
  const undoer = new Person(world.vitte.url, t)
  await undoer.signInByWidget(sandbox, telegram.id)
  const webProof = { email: web.email, code: await undoer.mailCode(sandbox, web.email) }
  assert.equal(said(await undoer.undoLink({ webProof })), '200 undone')
  await telegramPage.next('reset', () => telegramPage.all('reset').length > resets)
  const reader = new Person(world.vitte.url, t)
  await reader.signInByMail(sandbox, web.email)
  return { reader, readerPage: await reader.watch() }
}

/** The words of a turn that a page was shown from this event on, live or as a line. */
function shown({ events }: OpenStream, turnId: string, from = 0): string[] {
  return events.slice(from).flatMap(({ name, data }) => {
    if (name === 'reply.started' || name === 'reply.delta') return data.turnId === turnId ? [name] : []
    return name === 'message' && data.turn?.id === turnId ? [name] : []
  })
}

/** The page sees the reply from its beginning, sees it grow, and stops it there. */
async function watchAndStop(page: OpenStream, person: Person, turnId: string): Promise<void> {
  await page.next('reply.delta', (delta) => delta.turnId === turnId && delta.offset === 0)
  await page.next('reply.delta', (delta) => delta.turnId === turnId && delta.offset > 0)
  assert.equal((await person.client.call(`/api/turns/${turnId}/cancel`, { method: 'POST' })).status, 202)
  const line = await page.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  assert.ok(line.text.length < LONG.length && LONG.startsWith(line.text), line.text)
}

test('a reply that goes back in mid-sentence goes on at its owner’s page alone', async (t) => {
  const both = await bothTalking(t)
  const { telegram, web } = both
  model.control({ delayMsPerWord: SLOW_MS })
  const { turnId } = await web.site.ask(LONG)
  await connect(world, web.site, telegram.id)
  const telegramPage = await telegram.site.watch()
  await telegramPage.next('reply.delta', (delta) => delta.turnId === turnId && delta.offset > 0)
  const { reader, readerPage } = await undo(both, telegramPage, t)
  const undone = telegramPage.events.findLastIndex(({ name }) => name === 'reset')
  await watchAndStop(readerPage, reader, turnId)

  model.control({ delayMsPerWord: 0 })
  await telegram.site.talk('потом')
  await telegramPage.next('message', ({ role, text }) => role === 'assistant' && text === 'потом')
  assert.deepEqual(shown(telegramPage, turnId, undone), [])
  assert.ok((await telegram.site.history()).every(({ turn }) => turn?.id !== turnId))
})

test('a reply to a question asked since the link goes on at Telegram’s page, and the reader sees none of it', async (t) => {
  const both = await bothTalking(t)
  const { telegram, web } = both
  await connect(world, web.site, telegram.id)
  model.control({ delayMsPerWord: SLOW_MS })
  const telegramPage = await telegram.site.watch()
  const { turnId } = await telegram.site.ask(LONG)
  await telegramPage.next('reply.delta', (delta) => delta.turnId === turnId && delta.offset > 0)
  const { reader, readerPage } = await undo(both, telegramPage, t)
  const before = telegramPage.all('reply.delta').length
  const again = await telegram.site.watch()
  await watchAndStop(again, telegram.site, turnId)
  assert.ok(telegramPage.all('reply.delta').length > before, 'the page that was open goes on as well')

  model.control({ delayMsPerWord: 0 })
  await reader.talk('потом')
  await readerPage.next('message', ({ role, text }) => role === 'assistant' && text === 'потом')
  assert.deepEqual(shown(readerPage, turnId), [])
})
