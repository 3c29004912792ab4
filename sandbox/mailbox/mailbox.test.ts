import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Script } from 'node:vm'
import { createTransport } from 'nodemailer'
import { startMailbox } from './index.ts'

const DEADLINE_MS = 5_000
const MAIL = {
  from: 'Витте <hello@vitte.test>',
  to: 'Masha@Example.test',
  subject: '123456 — код для входа',
  text: 'Код: 123456',
}

async function start(t: TestContext) {
  const mailbox = await startMailbox()
  // The server greets every new connection 100 ms late, so keep one open.
  const transport = createTransport({ url: mailbox.smtpUrl, pool: true, maxConnections: 1, maxMessages: 1000 })
  t.after(async () => {
    transport.close()
    await mailbox.stop()
  })
  return { mailbox, send: (extra: object = {}) => transport.sendMail({ ...MAIL, ...extra }) }
}

test('a mail arrives with its subject, text, markup, headers and the recipient of the envelope', async (t) => {
  const { mailbox, send } = await start(t)
  const seen: string[] = []
  mailbox.onMail(({ subject }) => seen.push(subject))
  await send({ html: '<p>Код: <b>123456</b></p>', headers: { 'Auto-Submitted': 'auto-generated' } })
  const [mail] = mailbox.mails('masha@example.test')
  assert.equal(mail?.subject, MAIL.subject)
  assert.equal(mail?.text, MAIL.text)
  assert.match(mail?.html ?? '', /<b>123456/)
  assert.deepEqual(mail?.from, { name: 'Витте', address: 'hello@vitte.test' })
  assert.equal(mail?.headers['auto-submitted'], 'auto-generated')
  assert.deepEqual(seen, [MAIL.subject])
  assert.deepEqual(mailbox.mails('somebody@else.test'), [])
})

test('one can wait for a mail that is still to come, and not for ever', async (t) => {
  const { mailbox, send } = await start(t)
  const waiting = mailbox.waitForMail(({ to }) => to.includes('late@example.test'), DEADLINE_MS)
  await send()
  await send({ to: 'late@example.test' })
  assert.deepEqual((await waiting).to, ['late@example.test'])
  await assert.rejects(
    mailbox.waitForMail(() => false, 10),
    /within 10 ms/,
  )
})

test('only the last 200 are kept, and clearing forgets them', async (t) => {
  const { mailbox, send } = await start(t)
  for (let number = 1; number <= 203; number += 1) await send({ subject: `mail ${number}` })
  const mails = mailbox.mails()
  assert.deepEqual([mails.length, mails[0]?.subject, mails.at(-1)?.subject], [200, 'mail 4', 'mail 203'])
  mailbox.clear()
  assert.equal(mailbox.mails().length, 0)
})

test('the next mails are refused or late as asked', async (t) => {
  const { mailbox, send } = await start(t)
  mailbox.control({ refuse: 1, refuseCode: 451 })
  await assert.rejects(send(), { responseCode: 451 })
  mailbox.control({ refuse: 1, refuseCode: 550, refuseAt: 'data' })
  await assert.rejects(send(), { responseCode: 550 })
  mailbox.control({ refuse: 1, refuseCode: 421, refuseAt: 'connection' })
  await assert.rejects(createTransport(mailbox.smtpUrl).sendMail(MAIL))
  mailbox.control({ delay: 1, delayMs: 80 })
  const begun = performance.now()
  await send()
  assert.ok(performance.now() - begun >= 75)
  assert.equal(mailbox.mails().length, 1)
})

test('a mail over the limit is refused', async (t) => {
  const { mailbox, send } = await start(t)
  await assert.rejects(send({ text: 'x'.repeat(1_200_000) }), { responseCode: 552 })
  assert.equal(mailbox.mails().length, 0)
})

test('the routes tell the mails, clear them, and turn faults', async (t) => {
  const { mailbox, send } = await start(t)
  await send()
  const { mails } = await (await mailbox.routes.request('/mails.json?to=masha@example.test')).json()
  assert.equal(mails[0].subject, MAIL.subject)
  assert.equal((await mailbox.routes.request('/mails.json', { method: 'DELETE' })).status, 204)
  assert.equal(mailbox.mails().length, 0)
  const turn = (body: string) => mailbox.routes.request('/control', { method: 'POST', body })
  assert.equal((await (await turn('{"refuse":2}')).json()).refuse, 2)
  assert.equal((await turn('{"refuses":2}')).status, 400)
  assert.equal((await turn('{')).status, 400)
})

test('the page speaks the language of the browser and carries no mail in its markup', async (t) => {
  const { mailbox, send } = await start(t)
  await send({ subject: '<script>alert(1)</script>' })
  const page = async (language: string) =>
    (await mailbox.routes.request('/', { headers: { 'Accept-Language': language } })).text()
  assert.match(await page('ru-RU,ru;q=0.9,en;q=0.8'), /<h1>Почта/)
  assert.match(await page('en-GB,en;q=0.9'), /<h1>Mailbox/)
  assert.doesNotMatch(await page('ru'), /alert/)
  assert.ok(new Script(await (await mailbox.routes.request('/page.js')).text()))
})

test('an open page hears of every change, and stopping ends its stream', async (t) => {
  const { mailbox, send } = await start(t)
  const reader = (await mailbox.routes.request('/events')).body?.pipeThrough(new TextDecoderStream()).getReader()
  assert.match((await reader?.read())?.value ?? '', /retry/)
  await send()
  assert.equal((await reader?.read())?.value, 'data: changed\n\n')
  await mailbox.stop()
  assert.equal((await reader?.read())?.done, true)
})
