import { messengerOf } from '#domain/identity'
import { CAMPAIGN_TOPIC } from '#domain/proactive'
import {
  campaignRoutes,
  deliveryRoutes,
  grantRoutes,
  paymentRoutes,
  readingRoutes,
  supportRoutes,
  unlockRoute,
  userRoutes,
} from '#edges/admin'
import { type App, type Caller, createApp, loadSite } from '#edges/http'
import { handleUpdate, telegramRoutes } from '#edges/telegram'
import {
  createEventStreams,
  type EventStreams,
  leavingRoutes,
  linkRoutes,
  moneyRoutes,
  reminderRoutes,
  signInRoutes,
  streamRoute,
  talkRoutes,
  undoRoutes,
} from '#edges/web'
import { httpMetrics } from './http-metrics.ts'
import type { Ground } from './lay-ground.ts'
import { PAGE_FOLDER, PERSONAS_FOLDER } from './places.ts'
import { queueMetrics } from './queue-metrics.ts'
import { botDeps } from './run-bot.ts'
import { signInDeps } from './sign-in-deps.ts'
import type { Surroundings } from './surroundings.ts'
import { syncMetrics } from './sync-metrics.ts'
import { webhookSecrets } from './webhook-secret.ts'
import type { House } from './wire.ts'

export interface BuiltApp {
  app: App
  streams: EventStreams
}

/** Puts the role `http` together: pages, API, event streams, webhook, operations. */
export async function buildApp(
  ground: Ground,
  house: House,
  outside: Surroundings,
  state: { isDraining(): boolean; botUsername(): string | null },
): Promise<BuiltApp> {
  const { config, texts, log, metrics, courier, database } = ground
  const { live, presence, limits } = courier
  const streams = createEventStreams({ ...house, live, presence, log, synced: syncMetrics(metrics) })
  queueMetrics(metrics, house)
  const checks = {
    async notReady() {
      const parts = state.isDraining() ? ['process'] : []
      return (await database.handle.ping()) ? parts : [...parts, 'database']
    },
    async metrics() {
      const { contentType, body } = await metrics.expose()
      return { contentType, text: body }
    },
  }
  const telegramOrigin = outside.frameOrigins[0]
  const app = createApp(
    {
      publicUrl: outside.publicUrl,
      texts,
      log,
      measure: httpMetrics(metrics),
      findSession: house.findSession,
      isOperator: (caller) => isOperator(ground, house, caller),
      checks,
      trustedProxies: config.TRUSTED_PROXIES,
      miniAppFrames: outside.frameOrigins,
      site: await loadSite({ dist: PAGE_FOLDER, personas: PERSONAS_FOLDER, telegramOrigin }),
    },
    (app) => {
      const signIn = signInDeps(ground, house, outside, { postCode: house.post.post, botUsername: state.botUsername })
      signInRoutes(app, signIn)
      linkRoutes(app, signIn)
      undoRoutes(app, signIn)
      talkRoutes(app, { ...house, presence, limits, quietHours: config.QUIET_HOURS, legal: ground.legal })
      moneyRoutes(app, { ...house, limits })
      reminderRoutes(app, { ...house, limits })
      leavingRoutes(app, { ...house, limits, parts: house.personalParts, vault: ground.vault, log })
      streamRoute(app, streams)
      deliveryRoutes(app, house)
      paymentRoutes(app, house)
      grantRoutes(app, house)
      supportRoutes(app, house)
      readingRoutes(app, house)
      userRoutes(app, house)
      unlockRoute(app, house)
      campaignRoutes(app, { ...house, wake: () => live.publish(CAMPAIGN_TOPIC, {}) })
      const handle = (update: Parameters<typeof handleUpdate>[1]) => handleUpdate(botDeps(ground, house), update)
      telegramRoutes(app, { secrets: webhookSecrets(config, ground.vault).accepted, handle })
    },
  )
  return { app, streams }
}

/** Operators are named by their Telegram ids. */
async function isOperator({ config }: Ground, { db }: House, caller: Caller): Promise<boolean> {
  if (config.ADMIN_TELEGRAM_IDS.length === 0) return false
  const telegram = await messengerOf(db, caller.userId, 'telegram')
  return telegram !== null && config.ADMIN_TELEGRAM_IDS.includes(telegram.externalId)
}
