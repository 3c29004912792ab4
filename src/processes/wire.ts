import { createHistory } from '#domain/conversations'
import type { OutsideChannel } from '#domain/delivery'
import { createKeyRing, createSessionFinder, type KeyRing, type OnDamage } from '#domain/identity'
import { type LinkDeps, linkSecret } from '#domain/linking'
import { createMemory } from '#domain/memory'
import { loadOffers } from '#domain/payments'
import { createCatalogue, loadPersonas, publishPersonas, readWithdrawn } from '#domain/personas'
import { createReminders } from '#domain/proactive'
import {
  ACCEPT_LIMITS,
  acceptInGroups,
  createAnnounce,
  createLiveReplies,
  createReceiver,
  type SettleDeps,
} from '#domain/replies'
import {
  botIdOf,
  createAwaitedQuestions,
  createStarGateway,
  createTelegramApi,
  createTelegramChannel,
  createViews,
  type ViewDeps,
} from '#edges/telegram'
import { systemClock } from '#platform/clock'
import { createModel, type ModelBudget } from '#platform/llm'
import { inTransaction } from '#platform/postgres'
import { forgetGone } from './forget-gone.ts'
import { initiativeMetrics } from './initiative-metrics.ts'
import type { Ground } from './lay-ground.ts'
import { createLinkNews } from './link-news.ts'
import { mergeParts } from './merge-parts.ts'
import { modelMetrics } from './model-metrics.ts'
import { openBudget } from './open-budget.ts'
import { openPayments, openSupport } from './open-payments.ts'
import { openPost } from './open-post.ts'
import { openReadings } from './open-readings.ts'
import { personalDataParts } from './personal-data-parts.ts'
import { OFFERS_FILE, PERSONAS_FOLDER } from './places.ts'
import { recentMetrics } from './recent-metrics.ts'
import type { Surroundings } from './surroundings.ts'
import { telegramMetrics } from './telegram-metrics.ts'
import { turnMetrics } from './turn-metrics.ts'

export type House = Awaited<ReturnType<typeof wire>>

/** Builds the parts of the product on the ground it stands on. The only place that knows them all. */
export async function wire(ground: Ground, outside: Surroundings) {
  const { config, vault, log, database, courier } = ground
  const { db } = database.handle
  const offers = await loadOffers(OFFERS_FILE)
  const files = await loadPersonas(PERSONAS_FOLDER)
  await inTransaction(db, (tx) => publishPersonas(tx, files))
  const catalogue = createCatalogue(files, await readWithdrawn(db))
  const keys = createKeyRing({ vault, db })
  await forgetGone(courier.live, keys)
  const { history, memory, reminders } = sealedRooms(ground, keys)
  const announce = createAnnounce(courier.live, turnMetrics(ground.metrics))
  const api = createTelegramApi({ token: outside.telegram.token, apiRoot: outside.telegram.apiRoot })
  const payments = openPayments(ground, { offers, gateway: createStarGateway(api), announce })
  const support = openSupport(ground, { keys, announce })
  const views = viewsOn(ground, outside, { catalogue, history, memory, reminders, payments, support })
  const telegram = createTelegramChannel({
    api,
    views,
    pace: courier.pace,
    clock: systemClock,
    log,
    metrics: telegramMetrics(ground.metrics),
  })
  const channels = new Map<string, OutsideChannel>([[telegram.name, telegram]])
  const settle: SettleDeps = { db, history, channels, announce }
  const welcome = { telegram: config.WELCOME_CREDITS_TELEGRAM, web: config.WELCOME_CREDITS_WEB }
  const linking: LinkDeps = { db, vault, parts: mergeParts({ vault, keys }) }
  const post = openPost(ground, outside)
  const accept = acceptInGroups(database.acceptPool, ACCEPT_LIMITS)
  return {
    db,
    catalogue,
    keys,
    history,
    memory,
    reminders,
    announce,
    api,
    views,
    payments,
    support,
    readings: openReadings(ground, { history, announce }),
    questions: createAwaitedQuestions(systemClock),
    channels,
    settle,
    welcome,
    linking,
    personalParts: personalDataParts({ history, memory, reminders, support }),
    post,
    linkNews: createLinkNews({ db, live: courier.live, announce, log, post: post.post }),
    botSource: `telegram:${botIdOf(outside.telegram.token)}`,
    receive: createReceiver({ accept, vault, keys, announce, welcome: welcome.telegram }),
    findSession: createSessionFinder({ db, keyRing: keys }),
    liveReplies: createLiveReplies({ live: courier.live, announce }),
    measureInitiative: initiativeMetrics(ground.metrics, { db }),
    clock: systemClock,
    ...modelsOf(ground, outside.model.baseUrl, openBudget(ground)),
  }
}

/** The rooms whose texts are sealed. Of one that does not open an operator is told: a hand changed it, or a disk. */
function sealedRooms({ vault, log, courier, metrics }: Ground, keys: KeyRing) {
  const onDamage: OnDamage = ({ table, id, userId }) => log.error('vault.damaged', { reason: table, rowId: id, userId })
  const deps = { vault, keys, onDamage }
  const history = createHistory({ ...deps, cache: courier.recent, measureRecent: recentMetrics(metrics) })
  return { history, memory: createMemory({ ...deps, cache: courier.near }), reminders: createReminders(deps) }
}

/** The same model twice, each with breakers of its own: readings that fail must never leave a reply without a model. */
function modelsOf({ config, log, metrics }: Ground, baseUrl: string | undefined, budget: ModelBudget | undefined) {
  const options = {
    model: config.LLM_MODEL,
    baseUrl,
    apiKey: config.LLM_API_KEY,
    fallbackModel: config.LLM_FALLBACK_MODEL,
    contextTokens: config.LLM_CONTEXT_TOKENS,
    firstTokenTimeoutMs: config.LLM_FIRST_TOKEN_TIMEOUT_MS,
    timeoutMs: config.LLM_TIMEOUT_MS,
    log,
    metrics: modelMetrics(metrics),
    budget,
  }
  return { model: createModel(options), readingModel: createModel(options) }
}

/** What the bot's chat is shown. */
function viewsOn(
  { config, vault, texts, legal, database }: Ground,
  { publicUrl, webAppUrl }: Surroundings,
  rooms: Pick<ViewDeps, 'catalogue' | 'history' | 'memory' | 'reminders' | 'payments' | 'support'>,
) {
  return createViews({
    ...rooms,
    db: database.handle.db,
    texts,
    legalVersions: legal.versions,
    vault,
    siteUrl: publicUrl,
    webAppUrl,
    quietHours: config.QUIET_HOURS,
    personasFolder: PERSONAS_FOLDER,
    linkUrl: (linkId) => `${publicUrl}/link#${linkSecret(vault, linkId)}`,
  })
}
