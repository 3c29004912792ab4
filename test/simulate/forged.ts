import type { Kysely } from 'kysely'
import type { Database } from '#platform/postgres'
import { createVault } from '#platform/vault'
import { MASTER_KEY } from '../harness/vitte.ts'
import { startWorld } from '../harness/world.ts'
import { openCourt } from './forged/court.ts'
import { issuerEnvironment, startForgingIssuer } from './forged/forging-issuer.ts'
import type { Case, Ground } from './forged/ground.ts'
import { initDataCase } from './forged/init-data.ts'
import { linkCodeCase } from './forged/link-code.ts'
import { linkSecretCase } from './forged/link-secret.ts'
import type { LinkSetting } from './forged/link-setting.ts'
import { mailCodeCase } from './forged/mail-code.ts'
import { providerCase, VICTIM_SUBJECT } from './forged/provider.ts'
import { createRawClient } from './forged/raw-client.ts'
import { sessionCase } from './forged/session.ts'
import { signInSome } from './forged/sign-in-some.ts'
import { signatureCase } from './forged/signature.ts'
import { FORGED_ID_FIRST } from './forged/telegram-people.ts'
import { webhookCase } from './forged/webhook.ts'
import { widgetCase } from './forged/widget.ts'
import { widgetCallbackCase } from './forged/widget-callback.ts'
import type { Random } from './random.ts'
import type { Simulation, SimulationOptions } from './simulation.ts'

const AT_ONCE = 24
const LOG_EVERY = 500
/** Longer than any run. */
const LINK_TTL_SECONDS = 86_400
const WEBHOOK_SECRET = 'Simulated-secret_of-the-webhook_0123456789'

interface Stage {
  ground: Ground
  links: LinkSetting
}

/**
 * Forges every proof by which somebody can sign in, join two users, or speak for somebody, against the real process on a
 * real database. Nothing forged may be accepted, nothing genuine refused, nothing may break.
 */
export const forged: Simulation = async (options) => {
  const { count, random, log } = options
  const stage = await setStage(options)
  const { ground } = stage
  const { court } = ground
  const cases = await weighCases(stage, random.fork(0))
  let begun = 0
  const work = async () => {
    while (court.attempts() < count) {
      begun += 1
      const chance = random.fork(begun)
      await chance.pick(cases)(ground, chance)
      if (begun % LOG_EVERY === 0) log(`${court.attempts()} of ${count}, findings: ${court.findings.length}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  await findVictims(ground, stage.links.db)
  return { counts: court.counts, findings: court.findings }
}

async function setStage({ scope }: SimulationOptions): Promise<Stage> {
  const issuer = await startForgingIssuer(scope)
  const { vitte, sandbox, database } = await startWorld(scope, {
    env: {
      ...issuerEnvironment(issuer),
      // Every request says where it comes from, so that no limit answers before the check that is looked at.
      TRUSTED_PROXIES: '127.0.0.1',
      TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
      LINK_TOKEN_TTL_SECONDS: String(LINK_TTL_SECONDS),
      LOG_LEVEL: 'error',
    },
  })
  const client = createRawClient(vitte.url, AT_ONCE)
  scope.after(client.close)
  const { token: botToken } = sandbox
  const vault = createVault({ masterKey: Buffer.from(MASTER_KEY, 'base64') })
  return {
    ground: { url: vitte.url, court: openCourt(client), sandbox, botToken, webhookSecret: WEBHOOK_SECRET },
    links: { db: database.db, vault, issuer },
  }
}

/** Each as often as it stands here: cheap ones often, those that need a provider or a mail seldom. */
async function weighCases({ ground, links }: Stage, random: Random): Promise<Case[]> {
  const shares: [Case, number][] = [
    [initDataCase, 280],
    [widgetCase, 260],
    [sessionCase(await signInSome(ground, random)), 120],
    [webhookCase, 110],
    [await linkSecretCase(ground, random, links), 90],
    [signatureCase, 60],
    [widgetCallbackCase, 25],
    [providerCase(links.issuer), 25],
    [mailCodeCase, 12],
    [linkCodeCase(links), 4],
  ]
  return shares.flatMap(([each, share]) => Array<Case>(share).fill(each))
}

/** Whom only forged proofs name must be unknown to the product, whatever it answered. */
async function findVictims({ court }: Ground, db: Kysely<Database>): Promise<void> {
  const rows = await db.selectFrom('identities').select(['provider', 'external_id']).execute()
  for (const { provider, external_id: id } of rows) {
    const victim = provider === 'telegram' ? Number(id) >= FORGED_ID_FIRST : id.startsWith(VICTIM_SUBJECT)
    if (victim) court.find(`SOMEBODY CAME IN BY FORGED PROOFS ALONE: ${provider} ${id}`)
  }
}
