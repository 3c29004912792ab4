import { sign } from 'node:crypto'
import { sql } from 'kysely'
import type { Answer } from '../../../harness/client.ts'
import { Person } from '../../../harness/people.ts'
import { askForLink, holdings, stranger, telegramUser } from '../../../journeys/link-steps.ts'
import { initDataCase } from '../../forged/init-data.ts'
import { comeBack, isSignedIn, leave } from '../../forged/left-login.ts'
import { providerCase } from '../../forged/provider.ts'
import { signatureCase } from '../../forged/signature.ts'
import { widgetCase } from '../../forged/widget.ts'
import { widgetCallbackCase } from '../../forged/widget-callback.ts'
import type { Row } from '../row.ts'
import type { Scene } from '../scene.ts'

const INIT_DATA_MUTANTS = 60
const SIGNATURE_MUTANTS = 60
const WIDGET_MUTANTS = 40
const PROVIDER_ANSWERS = 14
const OTHER_BOT = '7000000124:AAtest-token-of-another-bot-0123456789a'
const HOUR_SECONDS = 3_600

const nobody = ({ world, scope }: Scene) => new Person(world.vitte.url, scope)
const seconds = () => Math.floor(Date.now() / 1000)

function openApp(scene: Scene, body: object): Promise<Answer<{ user?: { id: string } }>> {
  const headers = { 'x-forwarded-for': scene.address() }
  return nobody(scene).client.call('/api/auth/telegram/mini-app', { body, headers })
}

export const signInRows: Row[] = [
  {
    id: 'A10',
    title: 'init data with its hash, a field or its order changed',
    attack: (scene, tries, random) =>
      scene.forge(tries, random, 'init data hurt by chance', initDataCase, INIT_DATA_MUTANTS),
  },
  {
    id: 'A11',
    title: 'genuine init data of another bot',
    async attack(scene, tries) {
      const { telegram } = scene.world.sandbox
      const initData = telegram.initData(scene.telegram.id, { token: OTHER_BOT })
      tries.says('signed for another bot', await openApp(scene, { initData }), '401 invalid_signature')
      const widget = telegram.widget(scene.telegram.id, { token: OTHER_BOT })
      const call = { body: widget, headers: { 'x-forwarded-for': scene.address() } }
      const answer = await nobody(scene).client.call('/api/auth/telegram/widget', call)
      tries.says('a widget of another bot', answer, '401 invalid_signature')
    },
  },
  {
    id: 'A13',
    title: 'init data of another time',
    async attack(scene, tries, random) {
      const { telegram } = scene.world.sandbox
      const dates = [
        seconds() - 2 * HOUR_SECONDS,
        seconds() + HOUR_SECONDS,
        -1,
        0,
        seconds() - HOUR_SECONDS - 61 - random.int(1e6),
      ]
      for (const authDateSeconds of random.shuffle(dates)) {
        const initData = telegram.initData(scene.telegram.id, { authDateSeconds })
        tries.says(`auth_date ${authDateSeconds - seconds()} s from now`, await openApp(scene, { initData }), '401')
      }
      const fields = { auth_date: '' }
      const initData = telegram.initData(scene.telegram.id, { fields })
      tries.says('an empty auth_date', await openApp(scene, { initData }), '401')
    },
  },
  {
    id: 'A15',
    title: 'a signature by a key that is not Telegram’s own',
    async attack(scene, tries, random) {
      await scene.forge(tries, random, 'signatures hurt by chance', signatureCase, SIGNATURE_MUTANTS)
    },
  },
  {
    id: 'A16',
    title: 'another user beside the signed one',
    async attack(scene, tries) {
      const { telegram } = scene.world.sandbox
      const { id } = stranger(scene.world)
      const initData = telegram.initData(id)
      const user = { id: scene.telegram.id, first_name: 'Вера' }
      for (const more of [{ user }, { initDataUnsafe: { user } }, { userId: scene.telegram.userId }]) {
        const answer = await openApp(scene, { initData, ...more })
        const other = answer.status === 422 || answer.body.user?.id !== scene.telegram.userId
        tries.judge(`with ${Object.keys(more)}`, `${answer.status}`, answer.status < 500 && other)
      }
      const twice = `${initData}&user=${encodeURIComponent(JSON.stringify(user))}`
      tries.says('a second user in the string', await openApp(scene, { initData: twice }), '401')
    },
  },
  {
    id: 'A17',
    title: 'start parameters that are paths, addresses, scripts, links',
    async attack(scene, tries, random) {
      const before = await holdings(scene.telegram.site)
      const token = await askForLink((await telegramUser(scene.world, scene.scope)).bot)
      const params = [token, 'https://evil.example', '../admin', '<script>alert(1)</script>', `link-${token}`, '%00']
      for (const startParam of random.shuffle(params)) {
        const initData = scene.world.sandbox.telegram.initData(scene.telegram.id, { startParam })
        tries.says(`startapp ${startParam.slice(0, 24)}`, await openApp(scene, { initData }), '200')
      }
      for (const returnTo of [
        'https://evil.example',
        '//evil.example',
        '/\\evil.example',
        'javascript:alert(1)',
        '/%2F/evil.example',
      ]) {
        const answer = await nobody(scene).client.call(`/auth/telegram/widget?returnTo=${encodeURIComponent(returnTo)}`)
        const page = String(answer.body)
        tries.judge(
          `a way back to ${returnTo}`,
          String(answer.status),
          answer.status < 500 && !page.includes('evil.example') && !page.includes('javascript:alert'),
        )
      }
      tries.stays('logins and talk', before, await holdings(scene.telegram.site))
    },
  },
  {
    id: 'A18',
    title: 'init data in an address',
    async attack(scene, tries, random) {
      const initData = scene.world.sandbox.telegram.initData(scene.telegram.id)
      const hash = new URLSearchParams(initData).get('hash') ?? '-'
      const name = random.pick(['initData', 'tgWebAppData', 'INITDATA', 'init%44ata'])
      const path = random.pick(['/api/me', '/api/auth/telegram/mini-app', '/auth/telegram', '/api/nothing'])
      const answer = await nobody(scene).client.call(`${path}?${name}=${encodeURIComponent(initData)}`)
      tries.says(`${path}?${name}=…`, answer, '400')
      tries.stays(
        'its hash in the log',
        false,
        scene.world.vitte.lines.some((line) => line.includes(hash)),
      )
    },
  },
  {
    id: 'A20',
    title: 'the widget’s answer late, and again',
    async attack(scene, tries, random) {
      const { sandbox, database } = scene.world
      const { id } = stranger(scene.world)
      const send = (body: object) =>
        nobody(scene).client.call('/api/auth/telegram/widget', {
          body,
          headers: { 'x-forwarded-for': scene.address() },
        })
      const old = sandbox.telegram.widget(id, { authDateSeconds: seconds() - 301 - random.int(1_000) })
      tries.says('older than five minutes', await send(old), '401 expired')
      const fresh = sandbox.telegram.widget(id)
      tries.says('fresh', await send(fresh), '200')
      await sql`UPDATE proof_uses SET first_used_at = first_used_at - interval '61 seconds'`.execute(database.db)
      tries.says('the same a minute later', await send(fresh), '401 replayed')
      await scene.forge(tries, random, 'widget answers hurt by chance', widgetCase, WIDGET_MUTANTS)
    },
  },
  {
    id: 'A35',
    title: 'a provider that asserts the victim’s address',
    async attack(scene, tries, random) {
      const before = await holdings(scene.web.site)
      for (const email_verified of random.shuffle([false, true, 'true'])) {
        const login = await leaveAt(scene, random, '/auth/forge')
        const claims = {
          sub: `asserts-${random.int(2 ** 32)}`,
          nonce: login.nonce,
          email: scene.web.email,
          email_verified,
        }
        const code = scene.issuer.grant(login.challenge, tokenWith(scene, claims))
        const answer = new URLSearchParams({ code, state: login.state })
        const landed = await scene.raw.send(comeBack(random, login, answer))
        const token = landed.cookies.get('vitte') ?? ''
        const me = await fetch(new URL('/api/me', scene.world.vitte.url), { headers: { cookie: `vitte=${token}` } })
        const shown = await me.text()
        tries.judge(
          `email_verified ${email_verified}`,
          String(landed.status),
          me.status === 200 && !shown.includes(scene.web.userId),
        )
      }
      tries.stays('whose address it is', before, await holdings(scene.web.site))
    },
  },
  {
    id: 'A22',
    title: 'identity tokens for others, by others, unsigned, with borrowed keys',
    attack: (scene, tries, random) =>
      scene.forge(tries, random, 'answers of a provider', providerCase(scene.issuer), PROVIDER_ANSWERS),
  },
  {
    id: 'A23',
    title: 'another session’s state, nonce or verifier',
    attack: (scene, tries, random) =>
      scene.forge(tries, random, 'widget answers brought back', widgetCallbackCase, PROVIDER_ANSWERS),
  },
  {
    id: 'A24',
    title: 'an attacker’s way back in a victim’s browser',
    async attack(scene, tries, random) {
      const before = await holdings(scene.web.site)
      const session = [...scene.web.site.client.cookies()].map(([name, value]) => `${name}=${value}`).join('; ')
      for (const path of ['/auth/telegram', '/auth/forge', '/auth/telegram/widget']) {
        const { state } = await leaveAt(scene, random, path)
        const own = await leaveAt(scene, random, path)
        for (const cookie of [session, `${session}; vitte-login=${own.cookie}`]) {
          const headers = ['X-Forwarded-For', scene.address(), 'Cookie', cookie]
          const answer = await scene.raw.send({
            method: 'GET',
            path: `${path}/callback?state=${state}&code=x`,
            headers,
          })
          tries.judge(`${path}/callback`, String(answer.status), answer.status === 403 && !isSignedIn(answer))
        }
      }
      tries.stays('the victim’s logins', before, await holdings(scene.web.site))
    },
  },
]

/** A sign-in that leaves our page; what its answers are judged by is looked at elsewhere. */
function leaveAt(scene: Scene, random: Parameters<Row['attack']>[2], path: string) {
  return leave(scene.ground(), random, { kind: 'left', path, status: path.endsWith('widget') ? 200 : 302 })
}

/** An identity token as the provider would write it, with these claims. */
function tokenWith({ issuer }: Scene, claims: object): string {
  const now = seconds()
  const all = { iss: issuer.url, aud: issuer.clientId, iat: now, exp: now + 300, ...claims }
  const parts = [{ alg: 'RS256', kid: issuer.kid, typ: 'JWT' }, all]
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${signed}.${sign('sha256', Buffer.from(signed), issuer.key).toString('base64url')}`
}
