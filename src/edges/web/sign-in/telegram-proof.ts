import { createHash } from 'node:crypto'
import { type ProvenIdentity, spendProof } from '#domain/identity'
import { type AppContext, Problem } from '#edges/http'
import type { Executor } from '#platform/postgres'
import { noteFailedProof } from './failed-proof.ts'
import { verifyInitDataSignature } from './init-data-signature.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { telegramIdentity } from './telegram-person.ts'
import { INIT_DATA_MAX_AGE_SECONDS, type VerifiedInitData, verifyInitData } from './verify-init-data.ts'
import { verifyWidget, WIDGET_MAX_AGE_SECONDS, type WidgetFields } from './verify-widget.ts'

/** Telegram hands out the same init data each time the page is reloaded. */
const INIT_DATA_USES_MAX = 20
/** A page that never got our answer may ask again with the same payload. */
const WIDGET_USABLE_SECONDS = 60
const WIDGET_USES_MAX = 20
/** What Telegram's clock may be ahead of ours. */
const CLOCK_MARGIN_SECONDS = 120

/** What a signed payload of Telegram's proves. */
export interface TelegramProof {
  proof: ProvenIdentity
  /** Telegram says that the bot may write to this person. */
  mayWrite: boolean
  /** How long ago Telegram signed it. */
  secondsAgo: number
  /** Counts one use of the payload. @throws Problem 401 `replayed` */
  spend(tx: Executor): Promise<void>
}

/**
 * Verifies init data of the Mini App in the way this installation has chosen.
 * @throws Problem 401 `invalid_signature` or `expired`, 429 `rate_limited` after too many that were neither
 */
export async function proveInitData(c: AppContext, deps: SignInDeps, initData: string): Promise<TelegramProof> {
  const verified = await noteFailure(c, deps, () => readInitData(deps, initData))
  const seconds = INIT_DATA_MAX_AGE_SECONDS + CLOCK_MARGIN_SECONDS
  const uses = { maxUses: INIT_DATA_USES_MAX, withinSeconds: seconds, keepSeconds: seconds }
  return {
    proof: telegramIdentity(verified.person),
    mayWrite: verified.mayWrite,
    secondsAgo: verified.secondsAgo,
    spend: spendPayload('init data', verified.hash, uses),
  }
}

/**
 * Verifies the Login Widget's fields, however they came here; who they name reads the language of this request.
 * @throws Problem 401 `invalid_signature` or `expired`, 429 `rate_limited` after too many that were neither
 */
export async function proveWidget(c: AppContext, deps: SignInDeps, fields: WidgetFields): Promise<TelegramProof> {
  const { botToken } = deps.telegram
  const check = { botToken, nowSeconds: nowSeconds(deps) }
  const verified = await noteFailure(c, deps, () => verifyWidget(fields, check))
  return {
    proof: { ...telegramIdentity(verified.person), locale: c.var.locale },
    mayWrite: false,
    secondsAgo: verified.secondsAgo,
    spend: spendPayload('widget', verified.hash, {
      maxUses: WIDGET_USES_MAX,
      withinSeconds: WIDGET_USABLE_SECONDS,
      keepSeconds: WIDGET_MAX_AGE_SECONDS + CLOCK_MARGIN_SECONDS,
    }),
  }
}

function readInitData(deps: SignInDeps, initData: string): VerifiedInitData {
  const { botToken, initDataKeys } = deps.telegram
  if (!initDataKeys) return verifyInitData(initData, { botToken, nowSeconds: nowSeconds(deps) })
  const [botId = ''] = botToken.split(':')
  return verifyInitDataSignature(initData, { botId, publicKeys: initDataKeys, nowSeconds: nowSeconds(deps) })
}

function nowSeconds({ clock }: SignInDeps): number {
  return Math.floor(clock.now().getTime() / 1000)
}

/** Only what does not verify counts against the client. */
async function noteFailure<Verified>(c: AppContext, deps: SignInDeps, verify: () => Verified): Promise<Verified> {
  try {
    return verify()
  } catch (refusal) {
    const code = refusal instanceof Problem ? refusal.code : 'invalid_signature'
    await noteFailedProof(c, deps, { provider: 'telegram', code })
    throw refusal
  }
}

function spendPayload(kind: string, hash: string, limits: Parameters<typeof spendProof>[2]) {
  const proofHash = createHash('sha256').update(`${kind}\n${hash}`).digest()
  return async (tx: Executor) => {
    if (!(await spendProof(tx, proofHash, limits))) throw new Problem(401, 'replayed')
  }
}
