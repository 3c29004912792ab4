import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from './people.ts'
import { startInVain } from './vitte.ts'
import { startWorld } from './world.ts'

test('a person of the sandbox opens the Mini App, asks, and gets the answer on the open page', async (t) => {
  const { vitte, sandbox } = await startWorld(t)
  const masha = new Person(vitte.url, t)
  await masha.openMiniApp(sandbox, sandbox.telegram.addPerson({ firstName: 'Маша', languageCode: 'ru' }).id)
  await masha.confirmAdult()
  await masha.startConversation('arina')
  const page = await masha.watch()
  const answer = await masha.talk('Что у тебя за окном?')
  assert.ok(answer.text.length > 0)
  await page.next('message', ({ id }) => id === answer.id)
  assert.ok(page.all('reply.delta').length > 0)
  assert.ok((await vitte.stop()) < 10_000)
})

test('the same person signs in by widget and by mail', async (t) => {
  const { vitte, sandbox } = await startWorld(t)
  const ilya = sandbox.telegram.addPerson({ firstName: 'Илья', languageCode: 'ru' })
  const onSite = new Person(vitte.url, t)
  const { id } = await onSite.signInByWidget(sandbox, ilya.id)
  assert.equal((await onSite.me()).user.id, id)
  const byMail = new Person(vitte.url, t)
  await byMail.signInByMail(sandbox, 'Ilya@example.org')
  assert.notEqual((await byMail.me()).user.id, id)
})

test('a start that is refused says why', async () => {
  const { code, said } = await startInVain({ PORT: 'three thousand' })
  assert.notEqual(code, 0)
  assert.match(said, /PORT/)
})
