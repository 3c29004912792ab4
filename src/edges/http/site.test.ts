import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { loadTexts } from '#platform/texts'
import { silentLog } from '#test/silent-log'
import { createApp, loadSite } from './index.ts'

const SCRIPT = 'console.log("companion");\n'.repeat(200)
const folder = await mkdtemp(join(tmpdir(), 'site-'))
after(() => rm(folder, { recursive: true }))
await mkdir(join(folder, 'dist/assets'), { recursive: true })
await mkdir(join(folder, 'personas/portraits'), { recursive: true })
await mkdir(join(folder, 'personas/stories'), { recursive: true })
await writeFile(
  join(folder, 'dist/index.html'),
  '<!doctype html><html><head><title>Vitte</title></head><body></body></html>',
)
await writeFile(join(folder, 'dist/.stamp'), 'secret')
await writeFile(join(folder, 'dist/icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
await writeFile(join(folder, 'dist/assets/index-B3xk.js'), SCRIPT)
await writeFile(join(folder, 'personas/arina.yaml'), 'prompt: secret')
await writeFile(join(folder, 'personas/portraits/arina.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')

const origin = 'http://127.0.0.1:4000"><script>'
const site = await loadSite({ dist: join(folder, 'dist'), personas: join(folder, 'personas'), telegramOrigin: origin })
const app = createApp(
  {
    publicUrl: 'http://localhost:3000',
    texts: await loadTexts({ folder: 'locales', strict: true }),
    log: silentLog,
    findSession: async () => null,
    isOperator: async () => false,
    checks: { notReady: async () => [], metrics: async () => ({ contentType: '', text: '' }) },
    miniAppFrames: ['http://127.0.0.1:4000'],
    site,
  },
  () => {},
)

test('every path of the page gets the page, every other nothing', async () => {
  for (const path of ['/', '/sign-in', '/chat', '/app', '/app/characters/arina', '/characters/cassandra']) {
    const response = await app.request(path)
    assert.equal(response.status, 200, path)
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/)
    assert.equal(response.headers.get('cache-control'), 'no-cache')
  }
  for (const path of [
    '/api',
    '/api/unknown',
    '/auth/unknown',
    '/telegram/unknown',
    '/chat/x.css',
    '/elsewhere',
    '/.stamp',
    '/assets/none.js',
    '/portraits/none.svg',
    '/portraits/../arina.yaml',
    '/portraits/%2e%2e/arina.yaml',
    '/portraits/..%2farina.yaml',
    '/personas/arina.yaml',
  ]) {
    const response = await app.request(path)
    assert.equal(response.status, 404, path)
    assert.ok(!(await response.text()).includes('secret'))
  }
})

test('a person in a browser gets a page that leads back', async () => {
  const response = await app.request('/elsewhere', { headers: { accept: 'text/html', 'accept-language': 'en' } })
  assert.equal(response.status, 404)
  assert.match(await response.text(), /<html lang="en">.*<a href="\/sign-in">/s)
})

test('the Mini App may be framed by Telegram, the site by nobody', async () => {
  const policy = async (path: string) => (await app.request(path)).headers.get('content-security-policy') ?? ''
  const ancestors = 'frame-ancestors https://web.telegram.org https://*.telegram.org http://127.0.0.1:4000'
  for (const path of ['/app', '/app/chat']) {
    assert.ok((await policy(path)).endsWith(ancestors))
    assert.equal((await app.request(path)).headers.get('x-frame-options'), null)
  }
  for (const path of ['/', '/apple', '/sign-in']) assert.match(await policy(path), /frame-ancestors 'none'$/)
})

test('a page names each kind of thing that it may load, from its own host alone', async () => {
  for (const path of ['/', '/app', '/elsewhere']) {
    const policy = (await app.request(path)).headers.get('content-security-policy') ?? ''
    const directives = new Map(policy.split('; ').map((directive) => directive.split(/ (.*)/) as [string, string]))
    assert.equal(directives.get('default-src'), "'none'")
    for (const kind of ['script', 'style', 'img', 'font', 'connect', 'manifest']) {
      assert.equal(directives.get(`${kind}-src`), "'self'", kind)
    }
    for (const kind of ['worker-src', 'frame-src', 'object-src', 'base-uri']) {
      assert.equal(directives.get(kind), "'none'", kind)
    }
    assert.ok(!policy.includes('unsafe') && !policy.includes('data:'))
  }
})

test('the configured frame is told to the page, and cannot break out of its attribute', async () => {
  const page = await (await app.request('/app')).text()
  assert.ok(
    page.includes('<head><meta name="vitte-telegram-origin" content="http://127.0.0.1:4000&quot;&gt;&lt;script&gt;">'),
  )
})

test('built files are kept for ever and travel compressed', async () => {
  const path = '/assets/index-B3xk.js'
  const coded = async (accepted: string) => {
    const response = await app.request(path, { headers: { 'accept-encoding': accepted } })
    assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    assert.equal(response.headers.get('vary'), 'Accept-Encoding')
    return { coding: response.headers.get('content-encoding'), bytes: Buffer.from(await response.arrayBuffer()) }
  }
  const brotli = await coded('gzip, deflate, br')
  assert.equal(brotli.coding, 'br')
  assert.equal(brotliDecompressSync(brotli.bytes).toString(), SCRIPT)
  const gzip = await coded('gzip;q=1.0, br;q=0')
  assert.equal(gzip.coding, 'gzip')
  assert.equal(gunzipSync(gzip.bytes).toString(), SCRIPT)
  assert.deepEqual(await coded('identity'), { coding: null, bytes: Buffer.from(SCRIPT) })
})

test('what has not changed is not sent again', async () => {
  const first = await app.request('/')
  const again = await app.request('/', { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
  assert.equal(again.status, 304)
  assert.equal(await again.text(), '')
})

test('a drawing opened by itself can do nothing', async () => {
  const response = await app.request('/portraits/arina.svg')
  assert.equal(response.headers.get('content-type'), 'image/svg+xml')
  assert.match(response.headers.get('content-security-policy') ?? '', /^default-src 'none';.*sandbox$/)
})
