import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { granted, Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { askForLink, assertWhole, codeOf, linksIn, said, telegramUser, webUser } from './link-steps.ts'

const BROWSERS = 8

const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })
const webUsers = (t: TestContext, count: number) => Promise.all(Array.from({ length: count }, () => webUser(world, t)))

/** I8, I9: one live user per login, and no link used twice. */
async function assertOneEach(telegramUserId: string): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM merges WHERE survivor_id = ${telegramUserId}
  `.execute(world.database.db)
  assert.deepEqual(rows, [{ count: 1 }])
}

test('F37 eight browsers of eight people confirm one link at once: one is linked, the others are told it is used', async (t) => {
  const telegram = await telegramUser(world, t)
  const token = await askForLink(telegram.bot)
  const people = await webUsers(t, BROWSERS)
  const answers = await Promise.all(people.map(({ site }) => site.confirmLink(token)))
  assert.deepEqual(answers.map(said).toSorted(), ['200 linked', ...Array(BROWSERS - 1).fill('410 used')])
  assert.equal((await telegram.site.me()).identities.length, 2)
  await assertOneEach(telegram.userId)
  const apart = people.filter((_, index) => answers[index]?.status !== 200)
  for (const { site } of apart) assert.equal((await site.me()).credits.basic, 10)
})

test('F37 five browsers of one person confirm at once: one is linked, the others are told it is over', async (t) => {
  const telegram = await telegramUser(world, t)
  const token = await askForLink(telegram.bot)
  const { email, site, userId } = await webUser(world, t)
  // As many as one address may be sent codes for in ten minutes, and the first page.
  const pages = Array.from({ length: 4 }, () => new Person(world.vitte.url, t))
  for (const page of pages) await page.signInByMail(world.sandbox, email)
  const answers = await Promise.all([site, ...pages].map((page) => page.confirmLink(token)))
  const words = answers.map(said)
  assert.equal(words.filter((word) => word === '200 linked').length, 1, words.join())
  assert.ok(
    words.every((word) => ['200 linked', '410 used', '401 unauthorized'].includes(word)),
    words.join(),
  )
  assert.equal((await telegram.site.me()).credits.basic, 60)
  await assertWhole(world, telegram.site, telegram.userId, userId)
})

test('F37 eight presses of one confirm button are one link', async (t) => {
  const telegram = await telegramUser(world, t)
  const token = await askForLink(telegram.bot)
  const web = await webUser(world, t)
  const answers = await Promise.all(Array.from({ length: BROWSERS }, () => web.site.confirmLink(token)))
  assert.equal(answers.filter(({ status }) => status === 200).length, 1, answers.map(said).join())
  await assertOneEach(telegram.userId)
})

test('F38 of five /link at once only the newest link works', async (t) => {
  const telegram = await telegramUser(world, t)
  for (let press = 0; press < 5; press += 1) telegram.bot.send('/link')
  const links = await waitFor(() => (linksIn(telegram.bot).length === 5 ? linksIn(telegram.bot) : null))
  assert.equal(new Set(links).size, 5)
  const web = await webUser(world, t)
  const answers = []
  for (const link of links) answers.push(said(await web.site.confirmLink(link)))
  assert.deepEqual(answers, [...Array(4).fill('410 superseded'), '200 linked'])
})

test('two browsers with codes for two people: the code of one joins that one alone', async (t) => {
  const telegram = await telegramUser(world, t)
  const token = await askForLink(telegram.bot)
  const [first, second] = [await webUser(world, t, ['первый']), await webUser(world, t, ['второй'])]
  const answers = await Promise.all([first, second].map(({ site }) => site.confirmLink(token)))
  const asked = answers.filter(({ status }) => status === 200)
  assert.ok(asked.length >= 1, answers.map(said).join())
  const page = await telegram.site.watch()
  for (const answer of asked) telegram.bot.send(codeOf(answer))
  await page.next('reset')
  assert.equal((await telegram.site.me()).identities.length, 2)
  const counts = await Promise.all([first, second].map(async ({ site }) => (await site.me()).identities.length))
  assert.deepEqual(counts.toSorted(), [1, 2])
  await assertOneEach(telegram.userId)
})

test('F35 one reader, two Telegrams at once: one is joined, the other refused', async (t) => {
  for (let round = 0; round < 3; round += 1) {
    const [one, two] = [await telegramUser(world, t, ['раз']), await telegramUser(world, t, ['два'])]
    const web = await webUser(world, t, ['три'])
    const second = new Person(world.vitte.url, t)
    await second.signInByMail(world.sandbox, web.email)
    const tokenOne = granted(await web.site.proveTelegram(world.sandbox, one.id)).token ?? ''
    const tokenTwo = granted(await second.proveTelegram(world.sandbox, two.id)).token ?? ''
    const answers = await Promise.all([web.site.confirmLink(tokenOne), second.confirmLink(tokenTwo)])
    const words = answers.map(said)
    assert.equal(words.filter((word) => word === '200 linked').length, 1, words.join())
    assert.ok(
      answers.every(({ status }) => [200, 401, 409, 410].includes(status)),
      words.join(),
    )
    const counts = [(await one.site.me()).identities.length, (await two.site.me()).identities.length]
    assert.deepEqual(counts.toSorted(), [1, 2])
    for (const { site, userId } of [one, two]) await assertWhole(world, site, userId, web.userId)
  }
})

test('F35 two readers, one Telegram, both by sign-in at once: one is joined, the other refused', async (t) => {
  for (let round = 0; round < 3; round += 1) {
    const telegram = await telegramUser(world, t, ['ноль'])
    const people = [await webUser(world, t, ['раз']), await webUser(world, t, ['два'])]
    const tokens = await Promise.all(
      people.map(async ({ site }) => granted(await site.proveTelegram(world.sandbox, telegram.id)).token ?? ''),
    )
    const answers = await Promise.all(people.map(({ site }, index) => site.confirmLink(tokens[index] ?? '')))
    const words = answers.map(said)
    assert.equal(words.filter((word) => word === '200 linked').length, 1, words.join())
    assert.ok(
      words.every((word) => /^(200 linked|409 telegram_already_linked|410 \w+)$/.test(word)),
      words.join(),
    )
    await assertOneEach(telegram.userId)
    await assertWhole(world, telegram.site, telegram.userId, ...people.map(({ userId }) => userId))
  }
})
