import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { loadTexts } from '#platform/texts'
import { startTestSandbox } from '#test/sandbox'
import { silentLog } from '#test/silent-log'
import { createMailer, createPostbox, MailRefusedError } from './index.ts'

const { mailbox, smtpUrl } = await startTestSandbox(undefined, { appUrl: 'http://localhost:3000' })
const texts = await loadTexts({ folder: 'locales', strict: true })
const mailer = createMailer({ smtpUrl, from: 'Vitte <hello@vitte.example>', texts })
after(() => mailer.close())

test('the code is in subject, text and HTML, in the language of the person', async () => {
  for (const locale of ['ru', 'en'] as const) {
    mailbox.clear()
    await mailer.sendCode({ to: 'anna@example.org', code: '012345', locale })
    const [mail] = mailbox.mails()
    assert.ok(mail)
    assert.deepEqual(mail.to, ['anna@example.org'])
    assert.equal(mail.subject, texts.say(locale, 'mail-code-subject', { code: '012345' }))
    assert.match(mail.text ?? '', /^012345$/m)
    assert.match(mail.html ?? '', />012345</)
  }
})

test('nothing but an address and a code gets into a mail', async () => {
  mailbox.clear()
  const refused = [
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org, b@example.org',
    'Anna <a@example.org>',
    'a@example.org\u2028',
    'anna',
    '',
  ]
  for (const to of refused) {
    await assert.rejects(mailer.sendCode({ to, code: '012345', locale: 'en' }), MailRefusedError)
  }
  for (const code of ['', '12345', '1234567', '12345\n', '<b>12>']) {
    await assert.rejects(mailer.sendCode({ to: 'a@example.org', code, locale: 'en' }), MailRefusedError)
  }
  assert.deepEqual(mailbox.mails(), [])
})

test('posting returns at once and tries again after a refusal', async () => {
  mailbox.clear()
  const postbox = createPostbox({ mailer, log: silentLog })
  mailbox.control({ refuse: 1, refuseCode: 451 })
  postbox.post({ to: 'anna@example.org', code: '012345', locale: 'en' })
  assert.deepEqual(mailbox.mails(), [])
  await postbox.idle()
  assert.equal(mailbox.mails().length, 1)
})

test('a refusal for good is not asked about again', async () => {
  mailbox.clear()
  const postbox = createPostbox({ mailer, log: silentLog })
  mailbox.control({ refuse: 2, refuseCode: 550 })
  postbox.post({ to: 'nobody@example.org', code: '012345', locale: 'en' })
  await postbox.idle()
  assert.deepEqual(mailbox.mails(), [])
  assert.equal(mailbox.control({}).refuse, 1)
  mailbox.control({ refuse: 0 })
})

test('a mail server that is not there fails, without harm to anybody else', async () => {
  const dead = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'hello@vitte.example', texts })
  await assert.rejects(dead.sendCode({ to: 'anna@example.org', code: '012345', locale: 'en' }))
  dead.close()
})
