import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { LOCALES } from '#contract/words'
import { loadTexts } from '#platform/texts'
import { startTestSandbox } from '#test/sandbox'
import { silentLog } from '#test/silent-log'
import { createMailer, createPostbox, MailRefusedError } from './index.ts'

const NOTES = ['link_warning', 'linked', 'undone'] as const
const HOSTILE = [
  { displayName: '<b>Маша</b><img src=x onerror=1>', username: 'masha' },
  { displayName: 'Маша\r\nBcc: b@example.org\r\n\r\nhello', username: null },
  { displayName: 'open https://evil.example/login now', username: '"><a href=x>' },
  { displayName: 'www.evil.example', username: 'evil.example' },
  { displayName: '\u202Eelpmaxe.live\u0000\u2028{ $username }', username: 'a\r\nBcc: b@example.org' },
  { displayName: 'Ж'.repeat(5_000), username: 'x'.repeat(5_000) },
  { displayName: '🌸🌸', username: null },
]

const { mailbox, smtpUrl } = await startTestSandbox(undefined, { appUrl: 'http://localhost:3000' })
const texts = await loadTexts({ folder: 'locales', strict: true })
const siteUrl = 'https://vitte.example'
const mailer = createMailer({ smtpUrl, from: 'Vitte <hello@vitte.example>', siteUrl, texts })
after(() => mailer.close())

test('the code is in subject, text and HTML, in the language of the person', async () => {
  for (const locale of ['ru', 'en'] as const) {
    mailbox.clear()
    await mailer.send({ to: 'anna@example.org', code: '012345', locale })
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
    await assert.rejects(mailer.send({ to, code: '012345', locale: 'en' }), MailRefusedError)
  }
  for (const code of ['', '12345', '1234567', '12345\n', '<b>12>']) {
    await assert.rejects(mailer.send({ to: 'a@example.org', code, locale: 'en' }), MailRefusedError)
  }
  assert.deepEqual(mailbox.mails(), [])
})

test('a note says what happens to the login and with which Telegram, in the language of the person', async () => {
  const telegram = { displayName: 'Маша Орлова', username: 'masha' }
  for (const locale of LOCALES) {
    for (const note of NOTES) {
      mailbox.clear()
      await mailer.send({ to: 'anna@example.org', note, telegram, locale })
      const [mail] = mailbox.mails()
      assert.ok(mail)
      assert.equal(mail.subject, texts.say(locale, `mail-${note.replaceAll('_', '-')}-subject`))
      for (const body of [mail.text, mail.html ?? '']) {
        assert.match(body, /Маша Орлова/)
        assert.match(body, /@masha/)
      }
    }
  }
})

test('a warning has no link to follow, the other notes lead to the site alone', async () => {
  for (const note of NOTES) {
    mailbox.clear()
    await mailer.send({ to: 'anna@example.org', note, telegram: { displayName: 'М', username: null }, locale: 'ru' })
    const links = [...(mailbox.mails()[0]?.html ?? '').matchAll(/href="([^"]*)"/g)].map(([, url]) => url)
    assert.deepEqual(links, note === 'link_warning' ? [] : [siteUrl])
  }
})

test('a Telegram name puts neither markup nor a link nor a header into a mail', async () => {
  for (const { displayName, username } of HOSTILE) {
    mailbox.clear()
    await mailer.send({ to: 'anna@example.org', note: 'linked', telegram: { displayName, username }, locale: 'en' })
    const mails = mailbox.mails()
    assert.equal(mails.length, 1)
    const [mail] = mails
    assert.ok(mail)
    assert.deepEqual(mail.to, ['anna@example.org'])
    assert.equal(mail.subject, texts.say('en', 'mail-linked-subject'))
    assert.equal(mail.headers.bcc, undefined)
    assert.doesNotMatch(mail.html ?? '', /<(b>|script|img|a href="(?!https:\/\/vitte\.example"))/)
    for (const body of [mail.text, mail.html ?? '']) assert.doesNotMatch(body, /evil\.example|[\u202a-\u202e]/)
  }
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
  const dead = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'hello@vitte.example', siteUrl, texts })
  await assert.rejects(dead.send({ to: 'anna@example.org', code: '012345', locale: 'en' }))
  dead.close()
})
