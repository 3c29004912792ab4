import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Person } from '../../../harness/people.ts'
import { stranger, telegramUser, webUser } from '../../../journeys/link-steps.ts'
import type { Random } from '../../random.ts'
import type { Row } from '../row.ts'
import { HTTPS_URL, type Scene } from '../scene.ts'
import type { Tries } from '../tries.ts'
import { sayOnWire, statusesIn } from '../wire.ts'

const TELEGRAM_FRAMES = /frame-ancestors https:\/\/web\.telegram\.org https:\/\/\*\.telegram\.org/
/** A difference that the machine makes by itself is smaller (faults.md, A69). */
const TELLING_MS = 10
const TIMED_ROUNDS = 6
/** Once may be the machine; what an answer tells it tells every time. */
const TIMED_TRIES = 3

const pathOf = (scene: Scene, path: string) => new URL(path, scene.world.vitte.url)
const cookieOf = (person: Person) => [...person.client.cookies()].map(([name, value]) => `${name}=${value}`).join('; ')

export const edgeRows: Row[] = [
  {
    id: 'A19',
    title: 'the Mini App in a frame of another site',
    async attack(scene, tries) {
      const policyOf = async (path: string) => {
        const head = `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`
        const said = await sayOnWire(scene.world.vitte.url, head)
        return /^content-security-policy: (.*)$/im.exec(said)?.[1] ?? ''
      }
      const app = await policyOf('/app/chat')
      tries.judge(
        '/app/chat',
        app,
        TELEGRAM_FRAMES.test(app) && !/frame-ancestors[^;]*(\*[ ;]|\*$|https:[ ;])/.test(app),
      )
      for (const path of ['/application', '/apple', '//app', '/App', '/chat?x=/app']) {
        const policy = await policyOf(path)
        tries.judge(path, policy, /frame-ancestors 'none'/.test(policy))
      }
    },
  },
  {
    id: 'A58',
    title: 'addresses that the server shall fetch',
    async attack(scene, tries) {
      let visits = 0
      const trap = createServer((_, response) => {
        visits += 1
        response.end('x')
      }).listen(0, '127.0.0.1')
      scene.scope.after(() => trap.close())
      await new Promise((resolve) => trap.once('listening', resolve))
      const target = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`
      const { telegram } = scene.world.sandbox
      const { id } = stranger(scene.world)
      const person = new Person(scene.world.vitte.url, scene.scope)
      const body = telegram.widget(id, { photoUrl: `${target}/photo.jpg` })
      tries.says(
        'a widget with a picture there',
        await person.client.call('/api/auth/telegram/widget', { body }),
        '200',
      )
      const user = JSON.stringify({ id, first_name: 'x', photo_url: `${target}/app.jpg` })
      const initData = telegram.initData(id, { fields: { user } })
      tries.says(
        'a Mini App with a picture there',
        await person.client.call('/api/auth/telegram/mini-app', { body: { initData } }),
        '200',
      )
      const { site } = await webUser(scene.world, scene.scope, ['начало'])
      const answer = await site.talk(
        `![x](${target}/a.png) <img src="${target}/b.png"> [y](${target}/c) ${target}/d http://169.254.169.254/latest`,
      )
      tries.judge('a line and an answer full of addresses', answer.text, true)
      const host = await sayOnWire(
        scene.world.vitte.url,
        `GET ${target}/e HTTP/1.1\r\nHost: ${target.slice(7)}\r\nConnection: close\r\n\r\n`,
      )
      tries.judge('a request as to a proxy', host.slice(0, 12), true)
      tries.stays('visits there', 0, visits)
    },
  },
  {
    id: 'A67',
    title: 'a session fixed beforehand, a cookie from elsewhere',
    async attack(scene, tries) {
      const planted = 'A'.repeat(43)
      const { id } = stranger(scene.world)
      const body = JSON.stringify(scene.world.sandbox.telegram.widget(id))
      const headers = {
        'content-type': 'application/json',
        origin: HTTPS_URL,
        cookie: `vitte=${planted}; __Host-vitte=${planted}`,
      }
      const answer = await fetch(`${scene.secureUrl}/api/auth/telegram/widget`, { method: 'POST', headers, body })
      const [line = ''] = answer.headers.getSetCookie()
      const strict = ['__Host-vitte=', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax'].every((part) =>
        line.includes(part),
      )
      tries.judge(
        'sign-in with a planted cookie',
        line.replace(/=[\w-]{20,}/, '=…'),
        strict && !/Domain=/i.test(line) && !line.includes(planted),
      )
      const token = /__Host-vitte=([^;]+)/.exec(line)?.[1] ?? ''
      const asked = async (cookie: string) => (await fetch(`${scene.secureUrl}/api/me`, { headers: { cookie } })).status
      tries.stays('under its own name', 200, await asked(`__Host-vitte=${token}`))
      for (const name of ['vitte', '__Secure-vitte', '__host-vitte', ' __Host-vitte\u00a0']) {
        tries.stays(`under the name ${name}`, 401, await asked(`${encodeURI(name)}=${token}`))
      }
      tries.stays('HSTS', true, (answer.headers.get('strict-transport-security') ?? '').startsWith('max-age='))
    },
  },
  {
    id: 'A69',
    title: 'which addresses are known; codes tried in numbers',
    async attack(scene, tries, random) {
      const { client } = new Person(scene.world.vitte.url, scene.scope)
      let apart = TELLING_MS
      for (let tried = 0; apart >= TELLING_MS && tried < TIMED_TRIES; tried += 1)
        apart = await compare(scene, tries, random)
      tries.judge('how far apart they are in time', `${apart.toFixed(1)} ms`, apart < TELLING_MS)
      const body = { email: `many-${random.int(2 ** 32)}@example.org` }
      const statuses: number[] = []
      for (let asked = 0; asked < 6; asked += 1)
        statuses.push((await client.call('/api/auth/email/start', { body })).status)
      tries.stays('six codes for one address', [202, 202, 202, 202, 202, 429], statuses)
    },
  },
  {
    id: 'A70',
    title: 'requests of other origins',
    async attack(scene, tries, random) {
      const { origin, host } = new URL(scene.world.vitte.url)
      const foreign = [
        'null',
        'https://evil.example',
        `${origin}.evil.example`,
        `https://evil-${host}`,
        `http://evil.example/${host}`,
        origin.toUpperCase().replace('HTTP', 'ftp'),
      ]
      const cookie = cookieOf(scene.web.site)
      for (const from of random.shuffle(foreign)) {
        const read = await fetch(pathOf(scene, '/api/me'), { headers: { cookie, origin: from } })
        const ask = await fetch(pathOf(scene, '/api/messages'), {
          method: 'OPTIONS',
          headers: { origin: from, 'access-control-request-method': 'POST' },
        })
        const write = await fetch(pathOf(scene, '/api/typing'), { method: 'POST', headers: { cookie, origin: from } })
        const allowed = [read, ask, write].flatMap(({ headers }) =>
          [...headers.keys()].filter((name) => name.startsWith('access-control-')),
        )
        tries.judge(`Origin: ${from}`, `${write.status} ${allowed}`, allowed.length === 0 && write.status === 403)
      }
      const none = await fetch(pathOf(scene, '/api/typing'), { method: 'POST', headers: { cookie } })
      tries.judge('a write without an origin', String(none.status), none.status === 403)
      const telegram = await telegramUser(scene.world, scene.scope)
      tries.judge(
        'the same from our own page',
        'asked',
        (await telegram.site.client.call('/api/typing', { method: 'POST' })).status === 204,
      )
    },
  },
  {
    id: 'A72',
    title: 'private pages kept by caches',
    async attack(scene, tries, random) {
      const headers = { cookie: cookieOf(scene.web.site), accept: 'text/css,*/*' }
      const paths = [
        '/chat/x.css',
        '/api/me/x.css',
        '/api/me%2fx.css',
        '/api/me;x.css',
        '/api/messages%3fx.css',
        '/api/me%00.css',
        '/settings/..%2fx.js',
        '/api//me',
      ]
      for (const path of random.shuffle(paths)) {
        const answer = await fetch(pathOf(scene, path), { headers })
        const shown = await answer.text()
        const kept = /public|max-age=[1-9]/.test(answer.headers.get('cache-control') ?? '')
        tries.judge(path, `${answer.status}`, !shown.includes(scene.web.userId) && !kept)
      }
      for (const path of ['/api/me', '/api/messages', '/api/sessions', '/api/credits/entries', '/api/openapi.json']) {
        const answer = await fetch(pathOf(scene, path), { headers })
        tries.stays(path, 'no-store', answer.headers.get('cache-control'))
        tries.stays(`${path}: a tag`, null, answer.headers.get('etag'))
      }
      const leaving = await webUser(scene.world, scene.scope)
      const left = await leaving.site.client.call('/api/auth/sign-out', { method: 'POST' })
      tries.judge(
        'sign-out',
        left.headers.get('clear-site-data') ?? '',
        /"cache"/.test(left.headers.get('clear-site-data') ?? ''),
      )
    },
  },
  {
    id: 'A73',
    title: 'requests smuggled in others, methods that are none',
    async attack(scene, tries, random) {
      const { url } = scene.world.vitte
      const hidden = 'GET /api/me HTTP/1.1\r\nHost: x\r\n\r\n'
      const post = (headers: string[], body: string) =>
        ['POST /api/auth/sign-out HTTP/1.1', 'Host: x', ...headers].join('\r\n').concat('\r\n\r\n', body)
      const tricks: [string, string][] = [
        ['both lengths', post(['Content-Length: 6', 'Transfer-Encoding: chunked'], `0\r\n\r\n${hidden}`)],
        ['two lengths', post(['Content-Length: 0', `Content-Length: ${hidden.length}`], hidden)],
        ['a length with a sign', post(['Content-Length: +0'], hidden)],
        ['an odd coding', post(['Transfer-Encoding: xchunked'], hidden)],
        ['a space before the colon', post(['Transfer-Encoding : chunked'], `0\r\n\r\n${hidden}`)],
        ['a folded line', post(['Transfer-Encoding:\r\n chunked'], `0\r\n\r\n${hidden}`)],
        ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
        ['a bare line feed', 'GET /healthz HTTP/1.1\nHost: x\n\n'],
        ['a head of 40 kB', `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`],
        ['a null in a header', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n'],
      ]
      for (const [what, bytes] of random.shuffle(tricks)) {
        const said = await sayOnWire(url, bytes, 3_000)
        const statuses = statusesIn(said)
        tries.judge(
          what,
          statuses.join(' ') || 'hung up',
          statuses.length <= 1 && statuses.every((status) => status >= 400 && status < 500),
        )
      }
      for (const method of ['TRACE', 'TRACK', 'CONNECT', 'DEBUG', 'PROPFIND']) {
        const said = await sayOnWire(
          url,
          `${method} /api/me HTTP/1.1\r\nHost: x\r\nX-Secret: echo\r\nConnection: close\r\n\r\n`,
          3_000,
        )
        const [status = 0] = statusesIn(said)
        tries.judge(
          method,
          String(status || 'hung up'),
          !said.includes('echo') && (status === 0 || (status >= 400 && status < 500)),
        )
      }
      const headers = {
        cookie: cookieOf(scene.web.site),
        origin: new URL(url).origin,
        'x-http-method-override': 'DELETE',
        'x-method-override': 'DELETE',
      }
      const overridden = await fetch(pathOf(scene, '/api/typing?_method=DELETE'), { method: 'POST', headers })
      tries.stays('DELETE in a header', 204, overridden.status)
      tries.stays('the session after it', 200, (await fetch(pathOf(scene, '/api/me'), { headers })).status)
    },
  },
]

/** Asks for codes for known and unknown addresses by turns; how many milliseconds their medians lie apart. */
async function compare(scene: Scene, tries: Tries, random: Random): Promise<number> {
  const { client } = new Person(scene.world.vitte.url, scene.scope)
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < TIMED_ROUNDS; round += 1) {
    const { email } = await webUser(scene.world, scene.scope)
    const answers: string[] = []
    for (const who of random.shuffle(['known', 'unknown'] as const)) {
      const headers = { 'x-forwarded-for': scene.address() }
      const address = who === 'known' ? email : `un${email}`
      const start = performance.now()
      const begun = await client.call('/api/auth/email/start', { body: { email: address }, headers })
      times[who].push(performance.now() - start)
      const body = { email: address, code: '00000x' }
      const guessed = await client.call('/api/auth/email/verify', { body, headers })
      answers.push(JSON.stringify([begun.status, begun.body, guessed.status, guessed.body]))
    }
    tries.stays(`the answers for ${email} and for nobody`, answers[0], answers[1])
  }
  const middle = (all: number[]) => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0
  return Math.abs(middle(times.known) - middle(times.unknown))
}
