import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Me } from '#contract/api'
import { granted } from '#test/people'
import { startWorld } from '#test/world'
import { askForLink, holdings, said, telegramUser, webUser } from './link-steps.ts'

const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })

const loginOf = ({ identities }: Me, channel: 'telegram' | 'web') =>
  identities.find((identity) => identity.channel === channel)?.id ?? assert.fail(`no login by ${channel}`)

test('somebody who found a link takes nothing away, and the owner alone shows them out', async (t) => {
  const owner = await telegramUser(world, t, ['моё'])
  const finder = await webUser(world, t)
  const before = await holdings(owner.site)
  const secret = await askForLink(owner.bot)
  assert.equal(said(await finder.site.confirmLink(secret)), '200 linked')
  await owner.bot.hears((text) => text.includes('соединён'))

  const telegram = loginOf(await finder.site.me(), 'telegram')
  const taken = await finder.site.client.call(`/api/identities/${telegram}`, { method: 'DELETE' })
  assert.equal(said(taken), '403 not_fresh', 'their own login is no word against the owner’s')
  const carried = await finder.site.client.call('/api/me/export', { method: 'POST' })
  assert.equal(said(carried), '403 not_fresh', 'what was there before them is not theirs to carry off')
  const erased = await finder.site.client.call('/api/me', { method: 'DELETE' })
  assert.equal(said(erased), '403 not_fresh', 'nor to have forgotten')

  await owner.site.signInByWidget(world.sandbox, owner.id)
  assert.equal((await owner.site.previewUndo())?.eitherWillDo, true)
  const telegramProof = world.sandbox.telegram.widget(owner.id)
  assert.equal(said(await owner.site.undoLink({ telegramProof })), '200 undone')
  assert.deepEqual(await holdings(owner.site), before)
  const theirs = await finder.site.client.call<Me>('/api/me')
  assert.ok(theirs.status === 401 || granted(theirs).user.id !== before.userId)
})

test('the owner takes a login that came by a found link away with Telegram alone', async (t) => {
  const owner = await telegramUser(world, t, ['моё'])
  const finder = await webUser(world, t)
  assert.equal(said(await finder.site.confirmLink(await askForLink(owner.bot))), '200 linked')
  await owner.site.signInByWidget(world.sandbox, owner.id)
  const mail = loginOf(await owner.site.me(), 'web')
  assert.equal((await owner.site.client.call(`/api/identities/${mail}`, { method: 'DELETE' })).status, 204)
  assert.equal((await finder.site.client.call('/api/me')).status, 401)
})

test('a link that was confirmed by a code needs both logins to be undone', async (t) => {
  const owner = await telegramUser(world, t, ['моё'])
  const reader = await webUser(world, t, ['тоже моё'])
  const confirmed = granted(await reader.site.confirmLink(await askForLink(owner.bot)))
  assert.equal(confirmed.status, 'code_required')
  owner.bot.send(confirmed.status === 'code_required' ? confirmed.code : '')
  await owner.bot.hears((text) => text.includes('соединён'))
  await owner.site.signInByWidget(world.sandbox, owner.id)
  const telegramProof = world.sandbox.telegram.widget(owner.id)
  assert.equal(said(await owner.site.undoLink({ telegramProof })), '403 not_fresh')
})

test('A42 linking and unlinking one web login after the other brings its gift once', async (t) => {
  const owner = await telegramUser(world, t)
  const balances: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const web = await webUser(world, t)
    assert.equal(said(await web.site.confirmLink(await askForLink(owner.bot))), '200 linked')
    await owner.site.signInByWidget(world.sandbox, owner.id)
    const me = await owner.site.me()
    balances.push(me.credits.basic)
    await owner.site.client.call(`/api/identities/${loginOf(me, 'web')}`, { method: 'DELETE' })
  }
  assert.equal(new Set(balances).size, 1, balances.join())
})
