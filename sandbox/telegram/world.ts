import type { KeyObject } from 'node:crypto'
import { createBuckets } from './buckets.ts'
import { createCallbacks } from './callbacks.ts'
import { createCalls } from './calls.ts'
import { newChat, type PrivateChat } from './chat.ts'
import { createFaults } from './faults.ts'
import { createFiles } from './files.ts'
import { firstId } from './first-id.ts'
import { createPayments } from './payments.ts'
import { FIRST_PEOPLE, type Person } from './person.ts'
import { createPoller } from './poll.ts'
import { createSettings } from './settings.ts'
import type { WireUser } from './shapes.ts'
import { createSignals } from './signals.ts'
import { createUpdates } from './updates.ts'
import { createWebhook } from './webhook.ts'

export type WorldOptions = {
  token: string
  botUsername: string
  botName?: string
  signingKey: KeyObject
  now?: () => number
  people?: readonly Person[]
  retrySecondMs?: number
  /** Carries out a method call that came in a webhook's answer. */
  onWebhookReply?: (reply: unknown) => void
}

export type World = ReturnType<typeof createWorld>

/** All state of this Telegram: one bot, its people and chats, and what travels between them. Everything lives in memory. */
export function createWorld(options: WorldOptions) {
  const now = options.now ?? Date.now
  const updates = createUpdates(now)
  const webhook = createWebhook({
    updates,
    now,
    retrySecondMs: options.retrySecondMs ?? 1000,
    onReply: options.onWebhookReply ?? (() => {}),
  })
  const bot: WireUser & { username: string } = {
    id: Number(options.token.split(':')[0]),
    is_bot: true,
    first_name: options.botName ?? options.botUsername,
    username: options.botUsername,
  }
  const chats = new Map<number, PrivateChat>()
  for (const person of options.people ?? FIRST_PEOPLE) chats.set(person.id, newChat({ ...person }))
  let lastMessageId = firstId(now())
  let lastOrder = 0
  return {
    token: options.token,
    signingKey: options.signingKey,
    bot,
    now,
    nowSeconds: () => Math.floor(now() / 1000),
    chats,
    updates,
    webhook,
    poller: createPoller({ updates, webhookActive: webhook.active }),
    signals: createSignals(),
    buckets: createBuckets(now),
    faults: createFaults(),
    calls: createCalls(now),
    files: createFiles(),
    callbacks: createCallbacks(now),
    payments: createPayments(),
    settings: createSettings(),
    nextMessageId: () => ++lastMessageId,
    nextOrder: () => ++lastOrder,
  }
}

/** The chat of a person who lives here; a test or a page that names another has made a mistake. */
export function chatOf(world: World, personId: number): PrivateChat {
  const chat = world.chats.get(personId)
  if (!chat) throw new Error(`nobody here has the id ${personId}`)
  return chat
}
