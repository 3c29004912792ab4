import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { compareLocales, loadTexts, MissingTextError, TextFileError } from './index.ts'

const CREDITS_RU = `credits = { $count ->
    [one] { $count } кредит
    [few] { $count } кредита
   *[other] { $count } кредитов
}
`
const CREDITS_EN = `credits = { $count ->
    [one] { $count } credit
   *[other] { $count } credits
}
`

test('each language counts by its own rules', async (t) => {
  const folder = await catalogue(t, { 'ru/bot': CREDITS_RU, 'en/bot': CREDITS_EN })
  const texts = await loadTexts({ folder, strict: true })
  const russian = [1, 3, 5, 11, 21].map((count) => texts.say('ru', 'credits', { count }))
  assert.deepEqual(russian, ['1 кредит', '3 кредита', '5 кредитов', '11 кредитов', '21 кредит'])
  assert.deepEqual(
    [1, 2].map((count) => texts.say('en', 'credits', { count })),
    ['1 credit', '2 credits'],
  )
})

test('arguments stand in the sentence without invisible marks', async (t) => {
  const folder = await catalogue(t, { 'ru/bot': 'hello = Привет, { $name }!', 'en/bot': 'hello = Hello, { $name }!' })
  const texts = await loadTexts({ folder, strict: true })
  assert.equal(texts.say('ru', 'hello', { name: '{ $name } <b>' }), 'Привет, { $name } <b>!')
})

test('attributes and several files make one catalogue', async (t) => {
  const ru = { 'ru/mail': 'code = Ваш код\n    .subject = Код { $code }', 'ru/bot': 'bye = Пока' }
  const en = { 'en/mail': 'code = Your code\n    .subject = Code { $code }', 'en/bot': 'bye = Bye' }
  const texts = await loadTexts({ folder: await catalogue(t, { ...ru, ...en }), strict: true })
  assert.equal(texts.attribute('en', 'code', 'subject', { code: '123456' }), 'Code 123456')
  assert.equal(texts.say('ru', 'bye'), 'Пока')
  assert.equal(texts.has('ru', 'bye'), true)
  assert.equal(texts.has('ru', 'nothing'), false)
})

test('in tests a missing text or argument throws', async (t) => {
  const folder = await catalogue(t, { 'ru/bot': 'hello = Привет, { $name }', 'en/bot': '' })
  const texts = await loadTexts({ folder, strict: true })
  assert.throws(() => texts.say('ru', 'hello'), MissingTextError)
  assert.throws(() => texts.say('en', 'hello', { name: 'Ann' }), MissingTextError)
  assert.throws(() => texts.say('ru', 'nothing'), MissingTextError)
  assert.throws(() => texts.attribute('ru', 'hello', 'title', { name: 'Ann' }), MissingTextError)
})

test('people get the other language, at last the key, never an error', async (t) => {
  const folder = await catalogue(t, { 'ru/bot': 'hello = Привет, { $name }', 'en/bot': '' })
  const texts = await loadTexts({ folder })
  assert.equal(texts.say('en', 'hello', { name: 'Ann' }), 'Привет, Ann')
  assert.equal(texts.say('en', 'hello'), 'hello')
  assert.equal(texts.attribute('en', 'hello', 'title'), 'hello.title')
})

test('the same key in two files of a language stops the start, the page apart', async (t) => {
  const en = { 'en/bot': '', 'en/mail': '' }
  const folder = await catalogue(t, { 'ru/bot': 'a = 1', 'ru/mail': 'b = 2\na = 3', ...en })
  await assert.rejects(loadTexts({ folder }), /ru\/mail\.ftl:2: "a" is used twice/)
  const apart = await catalogue(t, { 'ru/bot': 'a = 1', 'ru/web': 'a = 3', ...en })
  assert.equal((await loadTexts({ folder: apart })).say('ru', 'a'), '1')
})

for (const [what, source, line] of [
  ['an open brace', 'good = fine\nbad = { $name\n\nnext = fine', 2],
  ['a closing brace too many', 'bad = oops }', 1],
  ['no default variant', 'bad = { $n ->\n    [one] x\n}\n', 1],
  ['a value that is not there', '# comment\n\nbad =\n\nnext = fine', 3],
  ['text that is not indented', 'good = first\nsecond line', 2],
  ['a tab for indentation', 'good = first\n\tsecond', 2],
  ['an attribute without a sign', 'good = fine\nbad = value\n    .title value', 2],
  ['a comment in the middle', 'good = first\n# comment\n    second', 3],
] as const) {
  test(`${what} stops the start with file and line`, async (t) => {
    const folder = await catalogue(t, { 'ru/bot': source, 'en/bot': '' })
    await assert.rejects(loadTexts({ folder }), (error) => {
      return error instanceof TextFileError && error.line === line && error.message.includes('ru/bot.ftl')
    })
  })
}

test('what Fluent allows is read: comments, blank lines, windows line ends, several paragraphs', async (t) => {
  const source =
    '\ufeff### File\r\n\r\n## Part\r\n# About a\r\na =\r\n    First.\r\n\r\n    Second.\r\n\r\n-term = T\r\nb = { -term }\r\n'
  const texts = await loadTexts({ folder: await catalogue(t, { 'ru/bot': source, 'en/bot': '' }), strict: true })
  assert.equal(texts.say('ru', 'a'), 'First.\n\nSecond.')
  assert.equal(texts.say('ru', 'b'), 'T')
})

test('a language without its folder stops the start', async (t) => {
  await assert.rejects(loadTexts({ folder: await catalogue(t, { 'ru/bot': 'a = 1' }) }), TextFileError)
})

test('equal languages have nothing to tell', async (t) => {
  assert.deepEqual(compareLocales(await catalogue(t, { 'ru/bot': CREDITS_RU, 'en/bot': CREDITS_EN })), [])
})

test('the comparison names what a language lacks, says otherwise, or refers to in vain', async (t) => {
  const folder = await catalogue(t, {
    'ru/bot': 'same = { $a }\nonly-ru = 1\nother = { $name }\ntitle = x\n    .short = y\nmoved = { $a } { dead }',
    'ru/web': 'page = 1',
    'en/bot': 'same = { NUMBER($a) }\nother = { $nick }\ntitle = x\nmoved = { part }\npart = { $a }\nonly-en = 1',
  })
  const findings = compareLocales(folder).map((finding) => finding.slice(finding.indexOf('/') + 1))
  assert.deepEqual(findings.sort(), [
    'en/bot.ftl:2: "other" uses $nick, but $name in ru',
    'en/bot.ftl:5: "part" is missing in ru',
    'en/bot.ftl:6: "only-en" is missing in ru',
    'ru/bot.ftl:2: "only-ru" is missing in en',
    'ru/bot.ftl:4: "title.short" is missing in en',
    'ru/bot.ftl:6: "moved" refers to "dead", which this file has not',
    'ru/web.ftl:1: "page" is missing in en',
  ])
})

async function catalogue(t: TestContext, files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'locales-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  for (const [name, source] of Object.entries(files)) {
    const path = join(folder, `${name}.ftl`)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, source)
  }
  return folder
}
