import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { freePort } from '#test/free-port'
import { layNginx, shippedSite, startNginx } from '#test/nginx'
import { Person } from '#test/people'
import { wholeFile } from '#test/scope'
import { tempFolder } from '#test/temp-folder'
import { startWorld } from '#test/world'

// The configuration in deploy/ with a real nginx: pages, streams and restarts go through it.
const run = promisify(execFile)
const MASHA = 700_000_001

const port = await freePort()
const { url } = await startNginx(wholeFile, { port })
const world = await startWorld(wholeFile, { env: { PORT: String(port), PUBLIC_URL: url } })

async function talker() {
  const person = new Person(url)
  await person.signInByWidget(world.sandbox, MASHA)
  return person
}

test('the file that is shipped is one that nginx takes, certificate and all', async (t) => {
  const folder = await tempFolder(t)
  const [key, certificate] = [join(folder, 'privkey.pem'), join(folder, 'fullchain.pem')]
  const subject = ['-subj', '/CN=vitte.example', '-days', '1', '-nodes']
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, '-keyout', key, '-out', certificate])
  const site = (await shippedSite('vitte.example'))
    .replace('server http:3000', 'server 127.0.0.1:3000')
    .replaceAll('/etc/nginx/tls/', `${folder}/`)
  const { command, args } = await layNginx(t, site)
  const { stderr } = await run(command, [...args, '-t'])
  assert.match(stderr, /test is successful/)
  assert.doesNotMatch(stderr, /\bwarn\b/)
})

test('an answer grows on the page while the model still writes, and a restart loses nothing', async (t) => {
  const masha = await talker()
  await masha.confirmAdult()
  await masha.startConversation('arina')
  world.sandbox.model.control({ mode: 'echo' })
  const page = await masha.watch()
  const { turnId } = await masha.ask('слышно через посредника?')
  await page.next('reply.started', (data) => data.turnId === turnId)
  const answer = await page.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  assert.equal(page.lastId(), String(answer.seq))

  await world.vitte.stop()
  await page.ended
  await world.startAnother({ PORT: String(port), PUBLIC_URL: url })
  await masha.talk('а теперь?')
  const again = new Person(masha.client, t)
  const resumed = await again.watch(page.lastId() ?? '')
  await resumed.next('message', ({ text }) => text.includes('а теперь?'))
  assert.deepEqual(resumed.all('message').map(({ seq }) => seq)[0], answer.seq + 1)
})

test('figures and readiness are for those inside', async () => {
  const nobody = new Person(url)
  for (const path of ['/metrics', '/readyz']) assert.equal((await nobody.client.call(path)).status, 404, path)
  assert.equal((await nobody.client.call('/healthz')).status, 200)
})

test('no version of a server is told', async () => {
  const { headers } = await new Person(url).client.call('/')
  assert.equal(headers.get('server'), 'nginx')
  assert.equal(headers.get('x-powered-by'), null)
})
