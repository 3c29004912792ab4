import { setTimeout as sleep } from 'node:timers/promises'
import { type BotDeps, handleUpdate, setUpBot, startPolling } from '#edges/telegram'
import { type Exclusive, holdExclusive } from '#platform/postgres'
import type { Ground } from './lay-ground.ts'
import type { Surroundings } from './surroundings.ts'
import { webhookSecrets } from './webhook-secret.ts'
import type { House } from './wire.ts'

const SET_UP_RETRY_MS = 5_000
/** A poller that is frozen for this long makes room: with what is left of fifteen seconds another one begins. */
const POLLER_SILENCE_MAX_MS = 10_000
/** While the database is away nobody can hold the place of the poller. */
const TAKE_PLACE_RETRY_MS = 500

export interface RunningBot {
  username(): string | null
  stop(): Promise<void>
}

export function botDeps({ config, texts, log, vault, legal, courier }: Ground, house: House): BotDeps {
  const {
    db,
    api,
    botSource,
    receive,
    settle,
    announce,
    welcome,
    keys,
    linking,
    linkNews,
    catalogue,
    memory,
    reminders,
    payments,
    support,
    questions,
    views,
  } = house
  const establish = { vault, keyRing: keys, welcome: welcome.telegram }
  return {
    db,
    api,
    source: botSource,
    receive,
    settle,
    establish,
    announce,
    presence: courier.presence,
    linking,
    linkTtlSeconds: config.LINK_TOKEN_TTL_SECONDS,
    tellLinked: linkNews.linked,
    catalogue,
    memory,
    reminders,
    payments,
    support,
    questions,
    views,
    vault,
    texts,
    legalVersions: legal.versions,
    log,
  }
}

/**
 * Runs the role `bot`: tells Telegram how updates reach us, and polls if that is the way. Resolves after the first
 * try; while Telegram is away the rest of the product works and the set-up is tried again.
 */
export async function runBot(ground: Ground, house: House, outside: Surroundings): Promise<RunningBot> {
  const { config, texts, log, vault } = ground
  const stopping = new AbortController()
  const webhook =
    config.TELEGRAM_MODE === 'webhook'
      ? { url: `${outside.publicUrl}/telegram/webhook`, secret: webhookSecrets(config, vault).current }
      : null
  let username: string | null = null
  if (!(await setUp())) void keepTrying()
  const polling = webhook ? null : pollAlone(ground, house, stopping.signal)
  return {
    username: () => username,
    async stop() {
      stopping.abort()
      await polling
    },
  }

  async function setUp(): Promise<boolean> {
    try {
      username = (await setUpBot({ api: house.api, texts, log, webAppUrl: outside.webAppUrl, webhook })).username
      return true
    } catch (error) {
      log.warn('telegram.set_up_failed', { error })
      return false
    }
  }

  async function keepTrying(): Promise<void> {
    do await sleep(SET_UP_RETRY_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    while (!stopping.signal.aborted && !(await setUp()))
  }
}

/** Of several processes one polls: Telegram refuses a second poller (409). The others stand by for its place. */
async function pollAlone(ground: Ground, house: House, stopping: AbortSignal): Promise<void> {
  const { log, database } = ground
  const deps = botDeps(ground, house)
  const standBy = {
    waitMs: Number.POSITIVE_INFINITY,
    silenceMaxMs: POLLER_SILENCE_MAX_MS,
    reason: 'polling',
    log,
  }
  let lead: Exclusive | null = null
  while (!stopping.aborted) {
    const { promise: lost, resolve: onLost } = Promise.withResolvers<void>()
    const stopped = new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve(), { once: true }))
    const taking = holdExclusive(database.connectionString, house.botSource, { ...standBy, onLost })
    lead = await Promise.race([taking.catch(() => null), stopped.then(() => null)])
    if (stopping.aborted) void taking.then((late) => late.release()).catch(() => {})
    else if (!lead) await sleep(TAKE_PLACE_RETRY_MS, undefined, { signal: stopping, ref: false }).catch(() => {})
    if (!lead || stopping.aborted) continue
    log.info('telegram.polling_begun')
    const poller = startPolling({ api: house.api, log, handle: (update) => handleUpdate(deps, update) })
    await Promise.race([lost, stopped])
    await poller.stop()
    log.info('telegram.polling_ended')
  }
  await lead?.release()
}
