import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startSandbox } from '../index.ts'

const APP = 'http://localhost:3999'
const sandbox = await startSandbox({ port: 0, token: '4200000042:AAtesttesttesttesttesttesttesttest', appUrl: APP })
after(() => sandbox.stop())

const get = (path: string) => fetch(`${sandbox.url}${path}`)
const embed = (bot: string, origin: string, more = '') =>
  `/embed/${bot}${more}?origin=${encodeURIComponent(origin)}&size=large&lang=ru`

test('the scripts are plain JavaScript, and nothing else is handed out', async () => {
  for (const file of ['telegram-widget.js', 'frame.js', 'ask.js']) {
    const script = await get(`/js/${file}`)
    assert.match(script.headers.get('content-type') ?? '', /^text\/javascript/)
    // A classic script: no imports, and it parses as the body of a function.
    const source = await script.text()
    assert.doesNotThrow(() => new Function(source), file)
  }
  assert.equal((await get('/js/routes.js')).status, 404)
})

test('the button is for the linked site and the right bot alone', async () => {
  assert.match(await (await get(embed(sandbox.botUsername, APP))).text(), /<button type="button">Войти через Telegram/)
  const foreign = await (await get(embed(sandbox.botUsername, 'https://evil.example'))).text()
  assert.match(foreign, /Bot domain invalid/)
  assert.doesNotMatch(foreign, /<button/)
  assert.match(await (await get(embed('other_bot', APP))).text(), /Username invalid/)
  assert.equal((await get(embed(sandbox.botUsername, 'https://evil.example', '/auth'))).status, 400)
})

test('the window that asks offers the people of the sandbox', async () => {
  const page = await (await get(embed(sandbox.botUsername, APP, '/auth'))).text()
  assert.match(page, /Маша.*Emily Hart.*@tom_w.*localhost:3999 узнает имя.*Разрешить.*Отмена/s)
})
