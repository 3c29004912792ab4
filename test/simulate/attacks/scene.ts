import { type TestRedis, testRedis } from '../../harness/redis.ts'
import type { Scope } from '../../harness/scope.ts'
import { startVitte, type Vitte } from '../../harness/vitte.ts'
import { startWorld, type World } from '../../harness/world.ts'
import { telegramUser, webUser } from '../../journeys/link-steps.ts'
import { openCourt } from '../forged/court.ts'
import { type ForgingIssuer, issuerEnvironment, startForgingIssuer } from '../forged/forging-issuer.ts'
import type { Case, Ground } from '../forged/ground.ts'
import { createRawClient, type RawClient } from '../forged/raw-client.ts'
import type { Random } from '../random.ts'
import type { Tries } from './tries.ts'

const SOCKETS_MAX = 64
export const OPERATOR = 700_000_002
export const WEBHOOK_SECRET = 'Simulated-secret_of-the-webhook_0123456789'
export const FORMER_SECRET = 'Former-secret_of-the-webhook_0123456789ab'
/** A public address under https, as it stands behind a proxy; the process itself is asked by http. */
export const HTTPS_URL = 'https://vitte.example'
const ATTACKED_WELCOME = { WELCOME_CREDITS_TELEGRAM: 'basic:20', WELCOME_CREDITS_WEB: 'basic:10' }

/** The house that is attacked, with people in it who have something to lose. */
export interface Scene {
  world: World
  redis: TestRedis
  scope: Scope
  raw: RawClient
  issuer: ForgingIssuer
  /** Where the same house is asked behind its https proxy; it takes the former secret of the webhook too. */
  secureUrl: string
  /** Somebody of the bot, with a talk. Nobody may change anything of theirs. */
  telegram: Awaited<ReturnType<typeof telegramUser>>
  /** Somebody of the site, with a talk. */
  web: Awaited<ReturnType<typeof webUser>>
  /** An address that no other try comes from. */
  address(): string
  /** What the makers of forgeries stand on, with a court of its own. */
  ground(): Ground
  /** Makes many cases of one kind by chance and judges them all. */
  forge(tries: Tries, random: Random, what: string, each: Case, times: number): Promise<void>
}

export async function setScene(scope: Scope): Promise<Scene> {
  const issuer = await startForgingIssuer(scope)
  const redis = await testRedis(scope)
  const env = {
    ...issuerEnvironment(issuer),
    ...ATTACKED_WELCOME,
    REDIS_URL: redis.url,
    TRUSTED_PROXIES: '127.0.0.1',
    TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ADMIN_TELEGRAM_IDS: String(OPERATOR),
    LOG_LEVEL: 'debug',
  }
  const world = await startWorld(scope, { env })
  world.sandbox.model.control({ mode: 'echo' })
  const secure = await startSecure(scope, world)
  const raw = createRawClient(world.vitte.url, SOCKETS_MAX)
  scope.after(raw.close)
  const telegram = await telegramUser(world, scope, ['из бота, личное'])
  const web = await webUser(world, scope, ['с сайта, личное'])
  const ground = (): Ground => ({
    url: world.vitte.url,
    court: openCourt(raw),
    sandbox: world.sandbox,
    botToken: world.sandbox.token,
    webhookSecret: WEBHOOK_SECRET,
  })
  let addresses = 0
  return {
    world,
    redis,
    scope,
    raw,
    issuer,
    secureUrl: `http://127.0.0.1:${secure.env.PORT}`,
    telegram,
    web,
    ground,
    address() {
      addresses += 1
      return `198.18.${addresses >> 8}.${addresses & 255}`
    },
    async forge(tries, random, what, each, times) {
      const at = ground()
      for (let made = 0; made < times; made += 1) await each(at, random.fork(made))
      const { counts, findings } = at.court
      tries.judge(`${at.court.attempts()} ${what}`, findings[0] ?? JSON.stringify(counts), findings.length === 0)
    },
  }
}

/** Only pages and API: the bot is the first process's. */
function startSecure(scope: Scope, { vitte }: World): Promise<Vitte> {
  const { PORT: _, DATA_DIR: __, ...env } = vitte.env
  return startVitte(scope, {
    ...env,
    ROLES: 'http',
    PUBLIC_URL: HTTPS_URL,
    TELEGRAM_MODE: 'polling',
    TELEGRAM_WEBHOOK_SECRET: `${WEBHOOK_SECRET},${FORMER_SECRET}`,
  })
}
