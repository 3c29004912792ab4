import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LegalPage, Me } from '#contract/api'
import { LEGAL_DOCUMENTS } from '#contract/words'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { botTalker } from './bot-steps.ts'

const world = await startWorld()
const { pool } = world.database

const consentsOf = async (userId: string) =>
  (
    await pool.query(
      'SELECT document, version, interface FROM consents WHERE user_id = $1 ORDER BY document, version',
      [userId],
    )
  ).rows as { document: string; version: string; interface: string }[]

/** As if what this person agreed to were texts of long ago. */
const ageConsents = (userId: string) =>
  pool.query(`UPDATE consents SET version = '2020-01-01' WHERE user_id = $1`, [userId])

test('everybody may read what they would agree to, in both languages, without signing in', async () => {
  const reader = new Person(world.vitte.url)
  for (const document of LEGAL_DOCUMENTS) {
    const read = (locale: string) => reader.client.call<LegalPage>(`/api/legal/${document}?locale=${locale}`)
    const [russian, english] = [await read('ru'), await read('en')]
    assert.deepEqual([russian.status, english.status], [200, 200])
    assert.equal(russian.body.version, english.body.version)
    assert.match(russian.body.text, /\p{Script=Cyrillic}{5}/u)
    assert.ok(english.body.text.length > 2_000 && !/\p{Script=Cyrillic}/u.test(english.body.text))
  }
  assert.equal((await reader.client.call('/api/legal/other')).status, 422)
})

test('who confirms 18+ on a page has agreed to both texts as they are, there and once', async (t) => {
  const person = new Person(world.vitte.url, t)
  const { id } = await person.signInByMail(world.sandbox, 'agrees@example.org')
  const before = await person.me()
  assert.deepEqual(
    LEGAL_DOCUMENTS.map((document) => before.legal[document].accepted),
    [null, null],
  )
  await person.confirmAdult()
  await person.confirmAdult()
  const { legal } = await person.me()
  assert.deepEqual(await consentsOf(id), [
    { document: 'privacy', version: legal.privacy.version, interface: 'browser' },
    { document: 'terms', version: legal.terms.version, interface: 'browser' },
  ])
  assert.equal(legal.terms.accepted, legal.terms.version)
})

test('a new version is agreed to by its name, and only the one that holds', async (t) => {
  const person = new Person(world.vitte.url, t)
  const { id } = await person.signInByMail(world.sandbox, 'later@example.org')
  await person.confirmAdult()
  await ageConsents(id)
  const accept = (accepts: object) => person.client.call<Me>('/api/me', { method: 'PATCH', body: { accepts } })
  const { terms, privacy } = (await person.me()).legal
  assert.deepEqual([terms.accepted, privacy.accepted], ['2020-01-01', '2020-01-01'])
  assert.equal((await accept({ terms: terms.version, privacy: '2020-01-01' })).status, 409)
  assert.equal((await accept({ terms: 'yes' })).status, 422)
  assert.equal((await consentsOf(id)).length, 2, 'what was refused is not half written')
  const { body } = await accept({ terms: terms.version, privacy: privacy.version })
  assert.deepEqual(body.legal.privacy, { version: privacy.version, accepted: privacy.version })
  assert.equal((await consentsOf(id)).length, 4, 'what was agreed to before stays written')
})

test('in the bot the button of 18+ leads to both texts and records both', async (t) => {
  const { bot, app } = await botTalker(world, t)
  const { user } = await app.me()
  assert.deepEqual(
    (await consentsOf(user.id)).map((consent) => [consent.document, consent.interface]),
    [
      ['privacy', 'bot'],
      ['terms', 'bot'],
    ],
  )
  const asked = bot.texts().find((text) => text.includes('18')) ?? ''
  assert.ok(asked.includes('/terms') && asked.includes('/privacy'), asked)
  for (const document of LEGAL_DOCUMENTS) {
    bot.send(`/${document}`)
    await bot.hears((text) => text.endsWith(`/${document}`) && text.length > 500)
  }
})

test('of a new version somebody is told once in their chat, while the talk goes on, and agrees there', async (t) => {
  const { bot, app } = await botTalker(world, t)
  const { user } = await app.me()
  await ageConsents(user.id)
  const news = () => bot.texts().filter((text) => text.includes('Изменились тексты'))
  const answers = async () => (await app.history()).filter(({ role, turn }) => role === 'assistant' && turn).length
  const before = await answers()
  bot.send('Как прошёл твой день?')
  await waitFor(() => news().length === 1, { what: 'the news' })
  bot.send('А вечер?')
  await waitFor(async () => (await answers()) === before + 2, { what: 'two more answers' })
  // Whatever the second answer owed to the chat is behind what this brings.
  bot.send('/help')
  await bot.hears((text) => text.includes('/paysupport'))
  assert.equal(news().length, 1)
  const { messageId } = await bot.tap('Прочитано, принимаю')
  await bot.becomes(messageId, (text) => text.includes('Записали'))
  const { legal } = await app.me()
  assert.deepEqual([legal.terms.accepted, legal.privacy.accepted], [legal.terms.version, legal.privacy.version])
})
